import { expect, test } from 'vitest';
import { parseWebContentType } from './web-content-type.ts';

test.each([
  ['application/grpc-web', { isText: false, grpc: 'application/grpc' }],
  ['application/grpc-web+proto', { isText: false, grpc: 'application/grpc+proto' }],
  ['application/grpc-web+json', { isText: false, grpc: 'application/grpc+json' }],
  ['application/grpc-web-text', { isText: true, grpc: 'application/grpc' }],
  ['application/grpc-web-text+proto', { isText: true, grpc: 'application/grpc+proto' }],
  ['application/grpc-web;charset=utf-8', { isText: false, grpc: 'application/grpc' }],
  ['Application/Grpc-Web-Text ; x=y', { isText: true, grpc: 'application/grpc' }],
])('default: %s', (field, content) => {
  expect(parseWebContentType(field)).toEqual(content);
});

test.each([
  undefined,
  '',
  'application/grpc',
  'application/grpc+proto',
  'application/grpc-website',
  'application/grpc-web-texts',
  'application/json',
  'x application/grpc-web',
])('behavior: %s is something else', (field) => {
  expect(parseWebContentType(field)).toBeUndefined();
});
