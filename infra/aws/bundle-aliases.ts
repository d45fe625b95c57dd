/** Packages of the SDK that the bundles do without, and what stands in for them. */
import { join } from 'node:path';

const here = (file: string): string => join(import.meta.dirname, file);

export const BUNDLE_ALIASES: { readonly [name: string]: string } = {
  '@aws-sdk/credential-provider-node': here('lambda-credentials.ts'),
  '@smithy/core/event-streams': here('no-event-streams.ts'),
};
