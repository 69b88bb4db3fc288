// Works on the challenge of a message that waits (ALTCHA's scheme), so that it leaves at once. The same file is the page's script
// and its worker. SHA-256 is written out (FIPS 180-4), since over plain http browsers have no crypto.subtle.
"use strict";

const K = new Int32Array(64), START = new Int32Array(8);
(() => { // the first 32 bits of the fractional parts of the primes' roots: sections 4.2.2 and 5.3.3
  const bits = root => ((root - Math.floor(root)) * 2 ** 32) | 0;
  for (let number = 2, count = 0; count < 64; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) prime = false;
    if (!prime) continue;
    if (count < 8) START[count] = bits(Math.sqrt(number));
    K[count++] = bits(Math.cbrt(number));
  }
})();

const W = new Int32Array(64);

/** One block of 16 words into the state (section 6.2.2). */
function compress(state, block) {
  for (let t = 0; t < 16; t++) W[t] = block[t];
  for (let t = 16; t < 64; t++) {
    const x = W[t - 15], y = W[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const words = bytes => Int32Array.from({ length: bytes.length / 4 }, (_, i) =>
  (bytes[4 * i] << 24) | (bytes[4 * i + 1] << 16) | (bytes[4 * i + 2] << 8) | bytes[4 * i + 3]);
const unhex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
const hex = state => Array.from(state, word => (word >>> 0).toString(16).padStart(8, "0")).join("");

/** The end of a message of `length` bytes whose last block begins with these bytes: a one, zeros, the length in bits. */
function ended(bytes, length) {
  const block = new Uint8Array(64);
  block.set(bytes);
  block[bytes.length] = 0x80;
  const made = words(block);
  made[15] = length * 8;
  return made;
}

/** The first 32 bytes of PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2) of a password and salt of less than a block. */
function derive(password, salt, rounds) {
  const padded = new Uint8Array(64);
  padded.set(password);
  const inner = Int32Array.from(START), outer = Int32Array.from(START);
  compress(inner, words(padded.map(byte => byte ^ 0x36)));
  compress(outer, words(padded.map(byte => byte ^ 0x5c)));
  const block = ended(new Uint8Array(32), 96), state = new Int32Array(8), key = new Int32Array(8);
  let message = ended(Uint8Array.from([...salt, 0, 0, 0, 1]), 64 + salt.length + 4);
  for (let round = 0; round < rounds; round++) {
    state.set(inner);
    compress(state, message);
    block.set(state);
    state.set(outer);
    compress(state, block);
    block.set(state);
    message = block;
    for (let i = 0; i < 8; i++) key[i] ^= state[i];
  }
  return hex(key);
}

/** The first counter from 0 on whose key begins as the challenge wants. */
function solve({ nonce, salt, cost, keyPrefix }) {
  const password = new Uint8Array(nonce.length / 2 + 4), view = new DataView(password.buffer), salted = unhex(salt);
  password.set(unhex(nonce));
  for (let counter = 0; ; counter++) {
    view.setUint32(nonce.length / 2, counter);
    const derivedKey = derive(password, salted, cost);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
}

if (typeof document === "undefined") {
  self.onmessage = ({ data }) => self.postMessage(solve(data));
} else {
  const place = document.getElementById("waiting"), challenge = JSON.parse(place.dataset.challenge);
  const worker = new Worker("/static/proof.js");
  const said = document.getElementById("proof");
  said.textContent = place.dataset.working;
  worker.onmessage = async ({ data }) => {
    worker.terminate();
    const payload = btoa(JSON.stringify({ challenge, solution: data }));
    const headers = { "Content-Type": "application/json" };
    let taken = false;
    try {
      const answer = await fetch("/api/v1/auth/proof", { method: "POST", headers, body: JSON.stringify({ payload }) });
      taken = answer.ok;
    } catch { /* the message leaves a little later, as the page says */ }
    if (taken) {
      const here = new URL(location.href);
      here.searchParams.delete("due"); // loaded again, the page says no more that the message waits
      history.replaceState(null, "", here);
      place.textContent = place.dataset.done;
    }
    said.textContent = "";
  };
  worker.postMessage(challenge.parameters);
}
