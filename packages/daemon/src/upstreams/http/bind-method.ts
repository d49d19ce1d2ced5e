import type { DescMethod } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import type { HttpRule } from './http-rule.ts';
import { type PathTemplate, parsePathTemplate } from './path-template.ts';

/** One way to send a method over HTTP. */
export interface HttpBinding {
  readonly verb: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  readonly path: PathTemplate;
  /** Field that is the body; `*` for all that is not in the path, empty for none. */
  readonly body: string;
  readonly responseBody: string;
}

/**
 * The ways to send a method, in the order in which they are tried: those of its rule, or else a POST
 * of everything to `/<method>`, as the official daemon sends it (daemon.md 7.4).
 *
 * @param place where the rule stands, for the message
 * @throws BaseError `CONFIG_VALUE_INVALID` for a rule that cannot be followed
 */
export function bindMethod(
  method: DescMethod,
  rule: HttpRule | undefined,
  place: string,
): readonly HttpBinding[] {
  if (rule === undefined) {
    return [{ verb: 'POST', path: [`/${method.name}`], body: '*', responseBody: '' }];
  }
  return [rule, ...rule.additionalBindings].map((one) => bind(method, one, place));
}

const verbs = { get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE', patch: 'PATCH' } as const;

function bind(method: DescMethod, rule: HttpRule, place: string): HttpBinding {
  const { pattern, body, responseBody } = rule;
  const refuse = (expected: string, found: string) =>
    new BaseError(
      'CONFIG_VALUE_INVALID',
      `The HTTP mapping of ${method.name} cannot be followed.`,
      {
        place,
        expected,
        found,
        hint: 'Correct the google.api.http option of the method, or set service_http_rules.',
      },
    );
  if (pattern.case === undefined || pattern.case === 'custom') {
    const found = pattern.case === 'custom' ? `custom ${pattern.value.kind}` : 'none of them';
    throw refuse('one of get, put, post, delete and patch', found);
  }
  const path = parsePathTemplate(pattern.value);
  if (typeof path === 'string') throw refuse(path, pattern.value);
  for (const part of path) {
    if (typeof part === 'string') continue;
    const name = part.field.join('.');
    if (!isScalarPath(method, part.field))
      throw refuse(`a field of ${method.input.typeName}`, name);
  }
  if (body !== '' && body !== '*' && !hasField(method.input, body)) {
    throw refuse(`* or a field of ${method.input.typeName}`, `body ${body}`);
  }
  if (responseBody !== '' && !hasField(method.output, responseBody)) {
    throw refuse(`a field of ${method.output.typeName}`, `response_body ${responseBody}`);
  }
  return { verb: verbs[pattern.case], path, body, responseBody };
}

function hasField({ fields }: DescMethod['input'], name: string): boolean {
  return fields.some((field) => field.name === name);
}

/** Whether there is such a field, with one plain value. */
function isScalarPath({ input }: DescMethod, names: readonly string[]): boolean {
  let message: DescMethod['input'] | undefined = input;
  for (const [index, name] of names.entries()) {
    const field: DescMethod['input']['fields'][number] | undefined = message?.fields.find(
      (one) => one.name === name,
    );
    if (index === names.length - 1)
      return field?.fieldKind === 'scalar' || field?.fieldKind === 'enum';
    message = field?.fieldKind === 'message' ? field.message : undefined;
  }
  return false;
}
