// Keys and seals (ADR 0036). A link has an id and a secret of 256 bits, both behind the #, which browsers never send. The secret and the
// passcode together give two keys: one seals the notes here, the other is sent and lets the server hand out the sealed bytes. The server
// keeps a hash of the second; with its whole database nobody can read a note without link and passcode.

const FORMAT = '1';
// RFC 9106; 32 MiB and three passes: a second or so on a phone.
const ARGON = { t: 3, m: 32768, p: 1, dkLen: 32 };
const utf8 = new TextEncoder();

export const random = (n) => crypto.getRandomValues(new Uint8Array(n));

export function letters(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}

async function expand(material, info, n) {
  const key = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveBits']);
  const bits = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8.encode(`trialway kept ${FORMAT} ${info}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(bits, key, n * 8));
}

/** The passcode as it is counted: composed letters, no space around it. */
const normal = (passcode) => passcode.normalize('NFKC').trim();

/** The keys of a link's secret and a passcode. The slow library is loaded here and nowhere else. */
export async function keys(secret, passcode) {
  const { argon2idAsync } = await import('./noble-hashes/argon2.js');
  const salt = await expand(secret, 'salt', 16);
  const stretched = await argon2idAsync(utf8.encode(normal(passcode)), salt, ARGON);
  const material = new Uint8Array(secret.length + stretched.length);
  material.set(secret);
  material.set(stretched, secret.length);
  return {
    seals: await expand(material, 'seals', 32),
    opens: letters(await expand(material, 'opens', 32)),
    // Of a vault: whoever opens it may write it. A share is owned by a random key of its own.
    owns: letters(await expand(material, 'owns', 32)),
  };
}

const about = utf8.encode(`trialway kept ${FORMAT}`);

export async function seal(seals, value) {
  const key = await crypto.subtle.importKey('raw', seals, 'AES-GCM', false, ['encrypt']);
  const iv = random(12);
  const plain = utf8.encode(JSON.stringify(value));
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about }, key, plain));
  const out = new Uint8Array(iv.length + cipher.length);
  out.set(iv);
  out.set(cipher, iv.length);
  return letters(out);
}

export async function unseal(seals, sealed) {
  const key = await crypto.subtle.importKey('raw', seals, 'AES-GCM', false, ['decrypt']);
  const bytes = bytesOf(sealed);
  const iv = bytes.subarray(0, 12);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: about }, key, bytes.subarray(12));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** What is behind the # of a link: `1.ID.SECRET`. */
export const fragment = (id, secret) => `${FORMAT}.${id}.${letters(secret)}`;

export function ofFragment(text) {
  const found = text.trim().match(/(?:^|#)1\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/);
  return found ? { id: found[1], secret: bytesOf(found[2]) } : null;
}

/** A passcode that nobody guesses: 60 random bits in letters that are not mistaken for each other. */
export function suggested() {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const all = [...random(12)].map((byte) => letters[byte & 31]).join('');
  return all.match(/.{4}/g).join('-');
}

export const SHORTEST = 8;

/** Asks the server; what it says, or an error whose message is the word for what is wrong. */
export async function ask(what, body) {
  let answer;
  try {
    answer = await fetch(`/kept${what}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), cache: 'no-store', credentials: 'omit',
    });
  } catch {
    throw new Error('unreachable');
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw Object.assign(new Error(said.problem ?? 'unreachable'), { said });
}

/** Seals a value, has it kept, and gives the link's parts and the key that owns it. */
export async function keep(kind, value, passcode, days) {
  const secret = random(32);
  const { seals, opens, owns: derived } = await keys(secret, passcode);
  const owns = kind === 'vault' ? derived : letters(random(32));
  const { id, expires_at: expires } = await ask('', { kind, opens, owns, sealed: await seal(seals, value), days });
  return { id, secret, owns, expires };
}

/** Opens what a link and a passcode lead to. */
export async function open({ id, secret }, passcode) {
  const { seals, opens, owns } = await keys(secret, passcode);
  const { sealed, revision, expires_at: expires } = await ask('/open', { id, key: opens });
  return { value: await unseal(seals, sealed), seals, owns, revision, expires };
}
