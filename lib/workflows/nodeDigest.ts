import { hash } from 'node:crypto';
import type { Digest } from '../base/digest';

/** SHA-256 by Node, for the pure rooms, which get it as an argument. */
export const nodeDigest: Digest = (text) => hash('sha256', text, 'hex');
