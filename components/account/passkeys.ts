'use client';

import { useSyncExternalStore } from 'react';
import { apiPost } from '@/components/shared/apiClient';
import { passkeyList, signInAnswer, webAuthn } from '@/lib/contracts/people';
import { creationOptions, credentialJson, requestOptions } from './webAuthnJson';

/** Said when the browser's own dialog was closed, timed out, or found no passkey: it does not tell which. */
export class PasskeyNotGiven extends Error {
  constructor() {
    super('The browser gave no passkey: its dialog was closed, or this device has none for Sequela.');
    this.name = 'PasskeyNotGiven';
  }
}

/** Whether this browser knows passkeys; false in the first paint, which the server drew without knowing. */
export function useKnowsPasskeys(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => 'PublicKeyCredential' in window,
    () => false,
  );
}

/** Signs in with a passkey that the person chooses. Throws `PasskeyNotGiven` or `ApiError`. */
export async function signInWithPasskey() {
  const options = await apiPost('/sign-in/passkey/options', {}, webAuthn);
  const credential = await asked(() => navigator.credentials.get({ publicKey: requestOptions(options) }));
  return apiPost('/sign-in/passkey', { response: credentialJson(credential) }, signInAnswer);
}

/** Makes a passkey and has it kept under a name. Throws `PasskeyNotGiven` or `ApiError`. */
export async function registerPasskey(name: string) {
  const options = await apiPost('/me/passkeys/options', {}, webAuthn);
  const credential = await asked(() => navigator.credentials.create({ publicKey: creationOptions(options) }));
  const body = { response: credentialJson(credential), ...(name.trim() === '' ? {} : { name: name.trim() }) };
  return apiPost('/me/passkeys', body, passkeyList);
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError')
      throw new Error('This device already has a passkey for Sequela.', { cause: error });
    if (error instanceof DOMException) throw new PasskeyNotGiven();
    throw error;
  }
  if (credential instanceof PublicKeyCredential) return credential;
  throw new PasskeyNotGiven();
}
