import { expect, test } from 'vitest';
import { journalCases } from '../../../test/journal-cases.ts';
import { createMemoryJournal } from './create-memory-journal.ts';

test.for(journalCases)('$name', async ({ run, expected }) => {
  expect(await run(createMemoryJournal)).toEqual(expected);
});
