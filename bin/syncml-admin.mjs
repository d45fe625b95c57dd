#!/usr/bin/env node
/** Starts `syncml-admin` on the project's own Node, in the folder where the operator stands. */
import { join, resolve } from 'node:path';
import { main } from '../infra/local/run.mjs';

main([
  join(resolve(import.meta.dirname, '..'), 'functions', 'cli', 'admin', 'main.ts'),
  ...process.argv.slice(2),
]);
