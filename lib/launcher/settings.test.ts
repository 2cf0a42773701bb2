import { describe, expect, it } from 'vitest';
import { isLoopback } from '../base/loopback';
import { describeDatabase, localAddress, readSettings } from './settings';

describe('readSettings', () => {
  it('listens on this machine only, on port 3000, with data beside the sources, unless told otherwise', () => {
    expect(readSettings({}, [], '/srv/sequela')).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: '/srv/sequela/.sequela',
      dev: false,
      demo: false,
      linkFile: '/srv/sequela/.sequela/first-link.txt',
    });
  });

  it('takes what the environment says', () => {
    const env = {
      SEQUELA_HOST: '0.0.0.0',
      PORT: '80',
      SEQUELA_DATA_DIR: '/data',
      DATABASE_URL: 'postgres://h/d',
    };
    expect(readSettings(env, ['--dev'], '/srv')).toEqual({
      host: '0.0.0.0',
      port: 80,
      dataDir: '/data',
      databaseUrl: 'postgres://h/d',
      dev: true,
      demo: false,
      linkFile: '/data/first-link.txt',
    });
  });

  it.each(['0', '65536', '3000x', '-1', '1e3'])('refuses PORT=%s', (PORT) => {
    expect(() => readSettings({ PORT }, [], '/')).toThrow(`PORT=${PORT} is not a port`);
  });

  it('refuses a database address that is none, without repeating it', () => {
    const read = () => readSettings({ DATABASE_URL: 'mysql://me:secret@h/d' }, [], '/');
    expect(read).toThrow('DATABASE_URL is not a PostgreSQL address');
    expect(read).not.toThrow('secret');
  });

  it('refuses a demo that other machines could open', () => {
    expect(readSettings({}, ['--demo'], '/').demo).toBe(true);
    expect(readSettings({ SEQUELA_DEMO: 'true', SEQUELA_HOST: 'localhost' }, [], '/').demo).toBe(true);
    for (const [env, args] of [
      [{ SEQUELA_HOST: '0.0.0.0' }, ['--demo']],
      [{ SEQUELA_HOST: '192.0.2.1', SEQUELA_DEMO: 'true' }, []],
    ] as const)
      expect(() => readSettings(env, args, '/')).toThrow('listens on this machine only');
  });

  it('refuses a short secret, an address with a path, and half of a single sign-on', () => {
    expect(() => readSettings({ SEQUELA_SECRET: 'short' }, [], '/')).toThrow('SEQUELA_SECRET');
    expect(() => readSettings({ SEQUELA_URL: 'https://soc.example/x' }, [], '/')).toThrow('SEQUELA_URL');
    expect(readSettings({ SEQUELA_URL: 'https://soc.example/' }, [], '/').url).toBe('https://soc.example');
    expect(() => readSettings({ SEQUELA_OIDC_ISSUER: 'https://idp.example' }, [], '/')).toThrow(
      'SEQUELA_OIDC_CLIENT_ID and SEQUELA_OIDC_CLIENT_SECRET',
    );
    expect(() => readSettings({ SEQUELA_OIDC_JOIN_ROLE: 'boss' }, [], '/')).toThrow('SEQUELA_OIDC_JOIN_ROLE');
  });

  it('refuses arguments it does not know', () => {
    expect(() => readSettings({}, ['--prod'], '/')).toThrow('Unknown argument --prod');
  });
});

describe('addresses', () => {
  it('prints a database without user and password', () => {
    expect(describeDatabase('postgresql://me:secret@db.example:5433/soc?sslmode=require')).toBe(
      'db.example:5433/soc',
    );
  });

  it('gives an address that can be opened for every interface', () => {
    expect(localAddress('127.0.0.1', 3000)).toBe('http://127.0.0.1:3000');
    expect(localAddress('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
    expect(localAddress('::', 3000)).toBe('http://[::1]:3000');
    expect(localAddress('fe80::1', 3000)).toBe('http://[fe80::1]:3000');
  });

  it('knows which interfaces other machines cannot reach', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1'].some(isLoopback)).toBe(false);
  });
});
