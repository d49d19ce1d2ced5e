#!/usr/bin/env node
import { launch } from '@snetkit/launch';

await launch(import.meta.url, () => import('#main'));
