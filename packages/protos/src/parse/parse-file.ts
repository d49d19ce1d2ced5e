import { Edition } from '@bufbuild/protobuf/wkt';
import type { CompileLimits } from '../compile-limits.ts';
import { invalidProto } from '../invalid-proto.ts';
import { createFileBuilder, type ElementCounter, type FileBuilder } from './file-builder.ts';
import { parseEnum } from './parse-enum.ts';
import { parseExtend } from './parse-extend.ts';
import { parseMessage, parseMessageBody } from './parse-message.ts';
import { parseOptionStatement } from './parse-option.ts';
import { parseService } from './parse-service.ts';
import type { ImportStatement, ParsedFile } from './parsed-file.ts';
import type { SourceFile } from './source-file.ts';
import { takeVisibility } from './visibility.ts';
import { readFullName, readText } from './words.ts';

/**
 * Reads one source as descriptors; what needs other files stays open.
 *
 * @throws BaseError `PROTO_INVALID` at the first place that is not protobuf, `PROTO_TOO_LARGE`
 */
export function parseFile(
  source: SourceFile,
  limits: CompileLimits,
  counter: ElementCounter,
): ParsedFile {
  return parseInPackage(source, limits, counter, '');
}

function parseInPackage(
  source: SourceFile,
  limits: CompileLimits,
  counter: ElementCounter,
  scope: string,
): ParsedFile {
  const builder = createFileBuilder(source, limits, counter, parseMessageBody);
  const { cursor, file } = builder;
  parseSyntax(builder);
  let current = scope;
  let late = false;
  while (cursor.peek().kind !== 'end') {
    if (cursor.at('package')) {
      parsePackage(builder);
      late = file.proto.package !== current && file.places.size > file.imports.length;
      current = file.proto.package;
    } else parseStatement(builder, current);
  }
  // Names are looked up from the package, and its statement may stand below what needs it.
  return late ? parseInPackage(source, limits, counter, current) : file;
}

/** Reads `syntax = "...";` or `edition = "...";`; without either a file is proto2. */
function parseSyntax(builder: FileBuilder): void {
  const { cursor, file } = builder;
  const edition = cursor.at('edition');
  if (!edition && !cursor.at('syntax')) return;
  const keyword = cursor.next().text;
  cursor.expect('=', `after "${keyword}"`);
  const token = cursor.peek();
  const { value } = readText(cursor, edition ? 'an edition in quotes' : '"proto2" or "proto3"');
  cursor.expect(';', `after the ${keyword}`);
  if (edition) {
    builder.syntax = 'editions';
    file.proto.syntax = 'editions';
    if (value === '2023') file.proto.edition = Edition.EDITION_2023;
    else if (value === '2024') file.proto.edition = Edition.EDITION_2024;
    else throw cursor.unexpected(token, '"2023" or "2024"');
  } else if (value === 'proto2' || value === 'proto3') {
    builder.syntax = value;
    // The descriptor of a proto2 file does not name its syntax.
    if (value === 'proto3') file.proto.syntax = value;
  } else throw cursor.unexpected(token, '"proto2" or "proto3"');
}

function parseStatement(builder: FileBuilder, scope: string): void {
  const { cursor, file } = builder;
  const { proto } = file;
  const visibility = takeVisibility(builder);
  if (cursor.take('message')) {
    const message = parseMessage(builder, scope);
    if (visibility !== undefined) message.visibility = visibility;
    proto.messageType.push(message);
  } else if (cursor.take('enum')) {
    const node = parseEnum(builder, scope);
    if (visibility !== undefined) node.visibility = visibility;
    proto.enumType.push(node);
  } else if (cursor.take('service')) {
    proto.service.push(parseService(builder, scope));
  } else if (cursor.at('extend')) {
    const holder = { extensions: proto.extension, messages: proto.messageType, scope };
    parseExtend(builder, holder);
  } else if (cursor.at('option')) {
    parseOptionStatement(builder, { kind: 'file', node: proto, scope });
  } else if (cursor.take('import')) {
    parseImport(builder);
  } else if (!cursor.take(';')) {
    throw cursor.unexpected(
      cursor.peek(),
      '"message", "enum", "service", "extend", "import", "package" or "option"',
    );
  }
}

function parsePackage(builder: FileBuilder): void {
  const { cursor, file } = builder;
  const { offset } = cursor.expect('package', 'before the name of the package');
  if (file.proto.package !== '') {
    throw invalidProto('The package is named twice.', { source: file.source, offset });
  }
  file.proto.package = readFullName(cursor, 'the name of the package').value;
  cursor.expect(';', 'after the package');
}

function parseImport({ cursor, file, mark }: FileBuilder): void {
  const { offset } = cursor.peek();
  const kind = (['public', 'weak', 'option'] as const).find((word) => cursor.take(word)) ?? 'plain';
  const { value: path } = readText(cursor, 'the path of the imported file in quotes');
  cursor.expect(';', 'after an import');
  const statement: ImportStatement = { path, offset, kind };
  mark(statement, offset);
  file.imports.push(statement);
}
