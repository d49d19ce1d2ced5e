import type { Report } from './report.ts';

/** Other files than protos do no harm, but tell that the wrong directory was packed. */
export function checkArchive(files: readonly string[], report: Report): void {
  const foreign = files.filter((file) => !file.endsWith('.proto') && !file.endsWith('/'));
  if (foreign.length === 0) return;
  report.add({
    code: 'ARCHIVE_FOREIGN_FILE',
    at: ['service_api_source'],
    breaks: [],
    expected: 'files that end in .proto',
    found: foreign,
  });
}
