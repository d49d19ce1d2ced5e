import { type JsonObject, type JsonValue, maxUint256 } from '@snetkit/core';
import { getMethodPath } from '../documents/get-method-path.ts';
import { isObject } from '../documents/is-object.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import type { ProtoMethod } from './proto-method.ts';
import type { Report } from './report.ts';

type Place = readonly (string | number)[];

/** What prices of a group have to do with each other, and with the methods of the protos. */
export function checkPricing(
  document: JsonValue,
  methods: readonly ProtoMethod[] | undefined,
  report: Report,
): void {
  for (const [i, group] of peekList(document, 'groups').entries()) {
    const at = ['groups', i, 'pricing'];
    const entries = peekList(group, 'pricing');
    const index = entries.findIndex((entry) => peek(entry, 'default') === true);
    if (index > 0) reportOrder(entries, index, at, report);
    for (const [j, entry] of entries.entries()) checkPrices(entry, [...at, j], report);
    const entry = entries[index];
    if (peek(entry, 'price_model') === 'fixed_price_per_method' && isObject(entry)) {
      checkMethods(entry, methods, [...at, index], report);
    }
    if (peek(group, 'pricings') !== undefined) {
      report.add({
        code: 'KEY_UNKNOWN',
        at: ['groups', i, 'pricings'],
        breaks: ['official-cli'],
        found: peek(group, 'pricings'),
        hint: 'The official CLI writes prices of methods here, where nobody reads them; set them again with setMethodPrice.',
      });
    }
  }
}

function reportOrder(entries: readonly JsonValue[], index: number, at: Place, report: Report) {
  const first = entries[index] as JsonValue;
  const value = [first, ...entries.filter((entry) => entry !== first)];
  const path = formatPointer(at);
  report.add({
    code: 'DEFAULT_PRICE_NOT_FIRST',
    at: [...at, index],
    breaks: [],
    expected: 'the default entry first',
    found: `entry ${index + 1} of ${entries.length}`,
    fix: {
      summary: `Move the default entry of ${path} to the front.`,
      patch: [{ op: 'replace', path, value }],
    },
  });
}

function checkPrices(entry: JsonValue, at: Place, report: Report): void {
  checkPrice(entry, at, report);
  for (const [i, service] of peekList(entry, 'details').entries()) {
    for (const [j, method] of peekList(service, 'method_pricing').entries()) {
      checkPrice(method, [...at, 'details', i, 'method_pricing', j], report);
    }
  }
}

function checkPrice(holder: JsonValue, at: Place, report: Report): void {
  const found = peek(holder, 'price_in_cogs');
  if (typeof found !== 'bigint' || found <= maxUint256) return;
  const place = [...at, 'price_in_cogs'];
  const expected = 'at most 2^256 - 1';
  report.add({ code: 'NUMBER_TOO_LARGE', at: place, breaks: ['calls'], expected, found });
}

function checkMethods(
  entry: JsonObject,
  methods: readonly ProtoMethod[] | undefined,
  at: Place,
  report: Report,
): void {
  const known = methods && new Set(methods.map(getMethodPath));
  const priced = new Set<string>();
  for (const [i, service] of peekList(entry, 'details').entries()) {
    for (const [j, method] of peekList(service, 'method_pricing').entries()) {
      const path = getMethodPath({
        packageName: toText(peek(entry, 'package_name')),
        serviceName: toText(peek(service, 'service_name')),
        methodName: toText(peek(method, 'method_name')),
      });
      const place = [...at, 'details', i, 'method_pricing', j];
      if (priced.has(path)) {
        const expected = 'each method once';
        report.add({
          code: 'METHOD_PRICE_REPEATED',
          at: place,
          breaks: ['calls'],
          expected,
          found: path,
        });
      } else if (known !== undefined && !known.has(path)) {
        const expected = `one of ${[...known].slice(0, 10).join(', ')}`;
        report.add({ code: 'METHOD_UNKNOWN', at: place, breaks: ['calls'], expected, found: path });
      }
      priced.add(path);
    }
  }
  const asked = new Set(methods?.map(({ estimatePriceMethod }) => estimatePriceMethod));
  for (const method of methods ?? []) {
    const path = getMethodPath(method);
    if (priced.has(path) || method.estimatePriceMethod !== undefined || asked.has(path)) continue;
    const expected = `a price of ${path}`;
    const place = [...at, 'details'];
    const message = `The method ${path} has no price, so calls of it fail.`;
    report.add({
      code: 'METHOD_WITHOUT_PRICE',
      at: place,
      breaks: [],
      message,
      expected,
      found: undefined,
    });
  }
}

function toText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
