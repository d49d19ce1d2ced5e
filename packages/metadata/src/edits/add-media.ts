import type { JsonObject } from '@snetkit/core';
import { items, member, text } from '../documents/field.ts';
import { updateAt } from '../documents/update-at.ts';
import { readMedia } from './read-media.ts';
import { type EditOptions, runEdit } from './run-edit.ts';

/** A picture or a video that is added to a service. */
export interface NewMedia {
  /** URL or storage URI. */
  readonly url: string;
  readonly fileType: 'image' | 'video';
  /** Make it the picture of the service. */
  readonly hero?: boolean | undefined;
  /** One of the texts that the marketplace knows; chosen by the type unless given. */
  readonly altText?: 'hover_on_the_image_text' | 'hover_on_the_video_url' | '' | undefined;
}

/**
 * Adds a picture or a video at the end of the gallery.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when the URL is empty or listed, and for a second hero image
 */
export function addMedia(
  document: JsonObject,
  { url, fileType, hero = false, altText }: NewMedia,
  options: EditOptions = {},
): JsonObject {
  return runEdit('service', document, options, ({ root, refuse }) => {
    const media = items(member(root, 'media'));
    const at = ['media', media.length];
    const same = media.findIndex((field) => text(member(field, 'url')) === url);
    if (url === '' || same >= 0) {
      const message = url === '' ? 'There is no URL.' : 'The media is listed already.';
      throw refuse(same < 0 ? [...at, 'url'] : ['media', same, 'url'], { message, found: url });
    }
    if (hero && fileType !== 'image') {
      const message = 'Only an image can be the picture of the service.';
      throw refuse([...at, 'asset_type'], { message, expected: 'image', found: fileType });
    }
    const heroes = media.findIndex((field) => text(member(field, 'asset_type')) === 'hero_image');
    if (hero && heroes >= 0) {
      throw refuse(['media', heroes, 'asset_type'], {
        message: 'The service has a hero image already.',
        hint: 'Move it with setHeroImage, or remove it first.',
      });
    }
    const orders = readMedia(root).map(({ order }) => Number(order ?? 0));
    const usual = fileType === 'image' ? 'hover_on_the_image_text' : 'hover_on_the_video_url';
    const added: JsonObject = {
      order: Math.max(0, ...orders) + 1,
      url,
      file_type: fileType,
      alt_text: altText ?? usual,
      ...(hero && { asset_type: 'hero_image' }),
    };
    return updateAt(document, ['media'], (list) => [...(Array.isArray(list) ? list : []), added]);
  });
}
