import { BaseError } from '@snetkit/core';
import type { Config } from '../config/schema.ts';
import type { HttpRule } from '../upstreams/http/http-rule.ts';
import type { ServiceMethods } from '../upstreams/service-methods.ts';

type Setting = Config['service_http_rules'][number];

/**
 * The rules of `service_http_rules` by path.
 * @throws BaseError `CONFIG_VALUE_INVALID` when one names a method that the protos do not have
 */
export function readHttpRules(
  settings: Config['service_http_rules'],
  methods: ServiceMethods,
): ReadonlyMap<string, HttpRule> {
  return new Map(
    settings.map((setting) => {
      const selector = setting.selector ?? '';
      const at = selector.lastIndexOf('.');
      const path = `/${selector.slice(0, at)}/${selector.slice(at + 1)}`;
      if (methods.has(path)) return [path, toRule(setting)];
      throw new BaseError('CONFIG_VALUE_INVALID', 'The setting service_http_rules does not fit.', {
        place: 'service_http_rules',
        expected: `a selector such as ${[...methods.keys()][0]?.slice(1).replace('/', '.')}`,
        found: selector === '' ? 'a rule without a selector' : selector,
        hint: 'Name a method that the published protos define.',
      });
    }),
  );
}

const verbs = ['get', 'put', 'post', 'delete', 'patch'] as const;

function toRule(setting: Partial<Setting>): HttpRule {
  const verb = verbs.find((one) => setting[one] !== undefined);
  return {
    pattern:
      verb === undefined ? { case: undefined } : { case: verb, value: setting[verb] as string },
    body: setting.body ?? '',
    responseBody: setting.response_body ?? '',
    additionalBindings: (setting.additional_bindings ?? []).map(toRule),
  };
}
