import { expect, test } from 'vitest';
import { nameClientPlaces } from './client-place.ts';

test('default', () => {
  const places = nameClientPlaces({ organizationId: 'My Org', serviceIds: ['image_v2', 'text'] });
  expect(places).toEqual([
    { serviceId: 'image_v2', folder: 'image-v2', packageName: 'my-org-image-v2-client' },
    { serviceId: 'text', folder: 'text', packageName: 'my-org-text-client' },
  ]);
});

test('behavior: ids that make one name keep apart, and none leads elsewhere', () => {
  const serviceIds = ['a.b', 'a/b', '../../etc', '..', '', 'Ünï', '语言'];
  const folders = nameClientPlaces({ organizationId: 'o', serviceIds }).map(({ folder }) => folder);
  expect(new Set(folders).size).toBe(serviceIds.length);
  for (const folder of folders) expect(folder).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(folders[2]).toBe('etc');
});
