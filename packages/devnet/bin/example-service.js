#!/usr/bin/env node
// Serves text.v1.TextService: example-service.js [--port N]
await import('#example-service');
