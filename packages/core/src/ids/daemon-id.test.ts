import { expect, test } from 'vitest';
import { daemonVectors } from '../../test/vectors.ts';
import { getDaemonId } from './daemon-id.ts';

test.each(daemonVectors.daemonId.matchesGoTests.map((one) => [one['sha256'], one] as const))(
  'default: %s',
  (id, vector) => {
    const fields = {
      organizationId: vector.organization_id,
      serviceId: vector.service_id,
      groupId: vector.group_id,
      registryAddress: vector.registry_address,
    };
    expect(getDaemonId(fields)).toBe(id);
  },
);
