import type { JsonObject } from '@snetkit/core';
import { type Field, items, member, text } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import type { EditContext } from './run-edit.ts';

type Place = readonly (string | number)[];

/** The texts of a list; none when there is no list. */
function readTexts({ root }: EditContext, list: Place): string[] {
  return items(memberAt(root, list)).map(text);
}

/**
 * Adds a text to a list.
 *
 * @param what names an item in messages
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is there already
 */
export function addText(
  document: JsonObject,
  context: EditContext,
  { list, value, what }: { list: Place; value: string; what: string },
): JsonObject {
  const texts = readTexts(context, list);
  const index = texts.findIndex((other) => sameText(other, value));
  if (index >= 0) {
    throw context.refuse([...list, index], {
      message: `The ${what} is listed already.`,
      found: value,
    });
  }
  return updateAt(document, list, () => [...texts, value]);
}

/**
 * Removes a text from a list.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when it is not there
 */
export function removeText(
  document: JsonObject,
  context: EditContext,
  { list, value, what }: { list: Place; value: string; what: string },
): JsonObject {
  const texts = readTexts(context, list);
  const index = texts.findIndex((other) => sameText(other, value));
  if (index < 0) {
    throw context.refuse(list, {
      message: `The ${what} is not listed.`,
      expected:
        texts.length === 0
          ? 'nothing: the list is empty'
          : `one of ${texts.slice(0, 20).join(', ')}`,
      found: value,
    });
  }
  return updateAt(document, [...list, index], () => undefined);
}

/**
 * Puts other texts into a list.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when one of them is there twice
 */
export function setTexts(
  document: JsonObject,
  context: EditContext,
  { list, values, what }: { list: Place; values: readonly string[]; what: string },
): JsonObject {
  const index = values.findIndex((value, i) =>
    values.slice(0, i).some((other) => sameText(other, value)),
  );
  if (index >= 0) {
    throw context.refuse([...list, index], {
      message: `The ${what} is given twice.`,
      found: values[index] ?? '',
    });
  }
  readTexts(context, list);
  return updateAt(document, list, () => [...values]);
}

// Addresses are the same in any letter case.
function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  return /^0x/i.test(a) && /^0x/i.test(b) && a.toLowerCase() === b.toLowerCase();
}

function memberAt(root: Field, place: Place): Field {
  let field = root;
  for (const step of place) {
    field = typeof step === 'number' ? (items(field)[step] ?? field) : member(field, step);
  }
  return field;
}
