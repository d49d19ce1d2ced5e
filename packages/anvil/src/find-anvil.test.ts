import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findAnvil } from './find-anvil.ts';

test('default: the program of this platform', () => {
  expect(execFileSync(findAnvil(), ['--version'], { encoding: 'utf8' })).toMatch(
    /^anvil Version: /,
  );
});

test('error: a platform without a package', () => {
  expect(() => findAnvil({ platform: 'sunos', arch: 'x64' })).toThrowErrorMatchingInlineSnapshot(`
    [AnvilError: The package @foundry-rs/anvil-sunos-amd64 is not installed.
    Fix: install again without leaving out optional dependencies; anvil exists for Linux and macOS on x64 and arm64, and for Windows on x64]
  `);
});
