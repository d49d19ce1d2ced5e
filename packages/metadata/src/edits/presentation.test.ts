import type { JsonObject } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organization, service } from '../../test/edit-documents.ts';
import { peek } from '../documents/peek.ts';
import { addContributor } from './add-contributor.ts';
import { addImage } from './add-image.ts';
import { addMedia } from './add-media.ts';
import { addTag } from './add-tag.ts';
import { clearAssets } from './clear-assets.ts';
import { clearMedia } from './clear-media.ts';
import { removeAsset } from './remove-asset.ts';
import { removeContributor } from './remove-contributor.ts';
import { removeImage } from './remove-image.ts';
import { removeMedia } from './remove-media.ts';
import { removeTag } from './remove-tag.ts';
import { reorderMedia } from './reorder-media.ts';
import { setAsset } from './set-asset.ts';
import { setHeroImage } from './set-hero-image.ts';
import { setServiceDescription } from './set-service-description.ts';
import { setServiceFields } from './set-service-fields.ts';
import { swapMedia } from './swap-media.ts';

describe('media', () => {
  const video = { url: 'https://example.org/b.mp4', fileType: 'video' } as const;
  const image = { url: 'ipfs://QmX/c.png', fileType: 'image' } as const;
  const three = addMedia(addMedia(service(), video), image);
  const urls = (document: JsonObject) =>
    (document['media'] as JsonObject[]).map(
      ({ order, url }) => `${order} ${String(url).slice(-5)}`,
    );

  test('default', () => {
    expect(peek(three, 'media', 1)).toEqual({
      order: 2,
      url: video.url,
      file_type: 'video',
      alt_text: 'hover_on_the_video_url',
    });
    expect(urls(three)).toEqual(['1 .jpeg', '2 b.mp4', '3 c.png']);
    expect(removeMedia(removeMedia(three, { order: 3 }), { order: 2 })).toEqual(service());
  });

  test('behavior: those behind move up, and one can change places', () => {
    expect(urls(removeMedia(three, { order: 1 }))).toEqual(['1 b.mp4', '2 c.png']);
    expect(urls(swapMedia(three, { first: 1, second: 3 }))).toEqual([
      '3 .jpeg',
      '2 b.mp4',
      '1 c.png',
    ]);
    expect(urls(reorderMedia(three, { orders: [3, 1, 2] }))).toEqual([
      '2 .jpeg',
      '3 b.mp4',
      '1 c.png',
    ]);
    expect(reorderMedia(reorderMedia(three, { orders: [3, 1, 2] }), { orders: [2, 3, 1] })).toEqual(
      three,
    );
    expect(clearMedia(three)['media']).toEqual([]);
  });

  test('behavior: one image is the hero', () => {
    const moved = setHeroImage(three, { order: 3 });
    const types = (moved['media'] as JsonObject[]).map((entry) => entry['asset_type']);
    expect(types).toEqual([undefined, undefined, 'hero_image']);
    expect(setHeroImage(moved, { order: 1 })).toEqual(three);
    const only = addMedia(clearMedia(service()), { ...image, hero: true, altText: '' });
    expect(only['media']).toEqual([
      { order: 1, url: image.url, file_type: 'image', alt_text: '', asset_type: 'hero_image' },
    ]);
  });

  test('error: a second hero, one that is no image, one that is not there', async () => {
    const second = await catchError(() => addMedia(service(), { ...image, hero: true }));
    expect(second.message).toBe(`The service has a hero image already.
Place: service metadata, /media/0/asset_type
Fix: Move it with setHeroImage, or remove it first.`);
    const none = await catchError(() => addMedia(service(), { ...video, hero: true }));
    expect(none.shortMessage).toBe('Only an image can be the picture of the service.');
    const movie = await catchError(() => setHeroImage(three, { order: 2 }));
    expect(movie.place).toBe('service metadata, /media/1/file_type');
    const missing = await catchError(() => removeMedia(three, { order: 9 }));
    expect(missing.message).toBe(`No media has this place.
Place: service metadata, /media
Expected: one of 1, 2, 3
Found: 9`);
  });

  test('error: listed already, without URL, two in one place, no permutation', async () => {
    const same = await catchError(() => addMedia(three, video));
    expect(same.place).toBe('service metadata, /media/1/url');
    const empty = await catchError(() => addMedia(three, { ...video, url: '' }));
    expect(empty.shortMessage).toBe('There is no URL.');
    const path = '/media/1';
    const crowded = service({ path, value: { order: 1, url: 'x' } });
    const two = await catchError(() => removeMedia(crowded, { order: 1 }));
    expect(two.shortMessage).toBe('Several media have this place.');
    for (const orders of [
      [1, 2],
      [1, 2, 2],
      [1, 2, 3, 3],
    ]) {
      const error = await catchError(() => reorderMedia(three, { orders }));
      expect(error.message).toBe(`Each place has to be named once.
Place: service metadata, /media
Expected: 1, 2, 3
Found: ${orders.join(', ')}`);
    }
  });
});

describe('assets', () => {
  const path = '/assets';
  const empty = service({ path, value: {} });

  test('default', () => {
    const document = setAsset(empty, { kind: 'service', name: 'documentation', value: 'Qm/a.md' });
    expect(document['assets']).toEqual({ documentation: 'Qm/a.md' });
    expect(removeAsset(document, { kind: 'service', name: 'documentation' })).toEqual(empty);
    expect(
      setAsset(service(), { kind: 'service', name: 'hero_image', value: 'Qm/a.png' })['assets'],
    ).toEqual({ hero_image: 'Qm/a.png' });
    expect(clearAssets(document, { kind: 'service' })).toEqual(empty);
    const changed = setAsset(organization(), {
      kind: 'organization',
      name: 'hero_image',
      value: 'Qm/b.png',
    });
    expect(changed['assets']).toEqual({ hero_image: 'Qm/b.png' });
  });

  test('behavior: images are a list', () => {
    const images = { images: ['Qm/a.png'] };
    const one = addImage(empty, { value: 'Qm/a.png' });
    expect(one['assets']).toEqual(images);
    const two = addImage(one, { value: 'Qm/b.png' });
    expect(removeImage(two, { value: 'Qm/b.png' })).toEqual(one);
    expect(removeAsset(two, { kind: 'service', name: 'images' })).toEqual(empty);
    expect(addImage(service(), { value: 'Qm/a.png' })['assets']).toEqual(images);
  });

  test('error: empty, unknown to organizations, not there, listed', async () => {
    const nothing = await catchError(() =>
      setAsset(empty, { kind: 'service', name: 'hero_image', value: '' }),
    );
    expect(nothing.message).toBe(`This does not name an asset.
Place: service metadata, /assets/hero_image
Expected: <cid>/<file name>, a storage URI or a URL
Found: ""`);
    const unknown = await catchError(() =>
      setAsset(organization(), { kind: 'organization', name: 'documentation', value: 'x' }),
    );
    expect(unknown.message).toBe(`An organization has no such asset.
Place: organization metadata, /assets/documentation
Expected: hero_image
Found: documentation`);
    const missing = await catchError(() =>
      removeAsset(empty, { kind: 'service', name: 'hero_image' }),
    );
    expect(missing.shortMessage).toBe('There is no such asset.');
    const listed = await catchError(() =>
      addImage(addImage(empty, { value: 'a' }), { value: 'a' }),
    );
    expect(listed.shortMessage).toBe('The image is listed already.');
  });
});

describe('contributors', () => {
  const ada = { name: 'Ada', email: 'ada@example.org' };

  test('default', () => {
    const added = addContributor(service(), ada);
    expect(added['contributors']).toEqual([
      { name: 'test', email_id: '' },
      { name: 'Ada', email_id: ada.email },
    ]);
    for (const who of [ada, { name: 'Ada' }, { email: ada.email }]) {
      expect(removeContributor(added, who)).toEqual(service());
    }
    const path = '/contributors';
    expect(addContributor(service({ path, remove: true }), ada)['contributors']).toHaveLength(1);
  });

  test('error: listed, without name, nobody, several', async () => {
    const added = addContributor(service(), ada);
    expect((await catchError(() => addContributor(added, ada))).place).toBe(
      'service metadata, /contributors/1',
    );
    const unnamed = await catchError(() => addContributor(added, { ...ada, name: '' }));
    expect(unnamed.place).toBe('service metadata, /contributors/2/name');
    const nobody = await catchError(() => removeContributor(added, { email: 'x' }));
    expect(nobody.message).toBe(`There is no such contributor.
Place: service metadata, /contributors
Expected: test, Ada
Found: x`);
    const twice = addContributor(added, { ...ada, email: '' });
    const several = await catchError(() => removeContributor(twice, { name: 'Ada' }));
    expect(several.message).toBe(`Several contributors are meant.
Place: service metadata, /contributors
Expected: test, Ada, Ada
Found: Ada
Fix: Give name and e-mail address.`);
  });
});

test('tags', async () => {
  const added = addTag(service(), { tag: 'math' });
  expect(added['tags']).toEqual(['exampleservice', 'math']);
  expect(removeTag(added, { tag: 'math' })).toEqual(service());
  expect((await catchError(() => addTag(added, { tag: 'math' }))).place).toBe(
    'service metadata, /tags/1',
  );
  expect((await catchError(() => addTag(added, { tag: ' ' }))).shortMessage).toBe(
    'The tag is empty.',
  );
  const error = await catchError(() => removeTag(added, { tag: 'x' }));
  expect(error.message).toBe(`The tag is not listed.
Place: service metadata, /tags
Expected: one of exampleservice, math
Found: x`);
});

describe('setServiceDescription', () => {
  test('default', () => {
    const document = setServiceDescription(service(), { shortDescription: 'short' });
    expect(document['service_description']).toEqual({
      url: 'https://example.org',
      short_description: 'short',
      description: 'Example service',
    });
  });

  test('behavior: a new one has all that official tools ask for', () => {
    const without = service({ path: '/service_description', remove: true });
    const { service_description } = setServiceDescription(without, { url: 'https://x.org' });
    expect(service_description).toEqual({
      url: 'https://x.org',
      short_description: '',
      description: '',
    });
    const long = setServiceDescription(without, { longDescription: 'long', shortDescription: 's' });
    expect(long['service_description']).toEqual({
      url: '',
      short_description: 's',
      long_description: 'long',
    });
  });

  test('behavior: null takes a text away', () => {
    const document = setServiceDescription(service(), {
      description: null,
      longDescription: 'long',
    });
    expect(document['service_description']).toEqual({
      url: 'https://example.org',
      short_description: 'Example service',
      long_description: 'long',
    });
  });

  test('error: it is a text', async () => {
    const broken = service({ path: '/service_description', value: 'x' });
    const error = await catchError(() => setServiceDescription(broken, { url: 'x' }));
    expect([error.code, error.place]).toEqual([
      'METADATA_INVALID',
      'service metadata, /service_description',
    ]);
  });
});

describe('setServiceFields', () => {
  test('default', () => {
    const source = 'filecoin://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ';
    const document = setServiceFields(service(), {
      displayName: 'x',
      encoding: 'json',
      serviceType: 'http',
      mpeAddress: '0x9c9252ec9fa844e2c7bd2e6f54bec2901938479f',
      apiSource: source,
    });
    expect(document).toEqual({
      ...service(),
      display_name: 'x',
      encoding: 'json',
      service_type: 'http',
      mpe_address: '0x9C9252Ec9fa844e2C7bD2E6F54BEc2901938479F',
      service_api_source: source,
      model_ipfs_hash: '',
    });
    expect(setServiceFields(service(), {})).toEqual(service());
  });

  test('error: a value that is not known', async () => {
    const error = await catchError(() =>
      setServiceFields(service(), { serviceType: 'rest' as never }),
    );
    expect(error.message).toBe(`The value is not one of those that are known.
Place: service metadata, /service_type
Expected: grpc, http, jsonrpc, process
Found: "rest"`);
  });
});
