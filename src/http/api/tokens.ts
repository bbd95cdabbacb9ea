/**
 * Bearer tokens: `mqt_<id>_<secret>`, shown once when they are made. The file keeps only their SHA-256, with scopes and
 * an end, and belongs to its owner alone (0600); it is read again whenever it changed, so revoking needs no restart.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { MqError } from '../../kit/errors.ts'
import { secretText } from '../../kit/random.ts'
import { includedScopes, type Scope, scopes } from './scopes.ts'

/** A token as others may see it. */
export interface TokenEntry {
  readonly id: string
  readonly scopes: readonly Scope[]
  /** Milliseconds since 1970. */
  readonly notAfter?: number | undefined
}

interface KeptToken extends TokenEntry {
  readonly sha256: string
}

export interface Bearer {
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
}

const tokenPattern = /^mqt_([A-Za-z0-9]{4,32})_[A-Za-z0-9_-]{20,128}$/
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export class Tokens {
  readonly #path: string
  #seen = ''
  #rows: readonly KeptToken[] = []

  constructor(path: string) {
    this.#path = path
  }

  /** Whether there is a file: then every request needs a token. */
  get exist(): boolean {
    return existsSync(this.#path)
  }

  /** Who holds the token; undefined = nobody, or not any more. Throws MQ_CONFIG_INVALID for a file that others can read. */
  find(token: string, nowMs: number): Bearer | undefined {
    const id = tokenPattern.exec(token)?.[1]
    const row = this.#read().find(entry => entry.id === id)
    if (row === undefined) return undefined
    const wanted = Buffer.from(row.sha256, 'hex')
    const given = sha256(token)
    if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined
    if (row.notAfter !== undefined && nowMs > row.notAfter) return undefined
    return { id: row.id, scopes: includedScopes(row.scopes) }
  }

  /** By id. Throws as `find`. */
  list(): readonly TokenEntry[] {
    const rows = this.#read().map(({ id, scopes: given, notAfter }) => ({ id, scopes: given, notAfter }))
    return rows.sort((left, right) => (left.id < right.id ? -1 : 1))
  }

  /** The only copy of the new token's text. Throws MQ_ALREADY_EXISTS, MQ_USAGE (name), MQ_CONFIG_INVALID. */
  add(id: string, given: readonly Scope[], notAfter?: number): string {
    this.#read()
    return addToken(this.#path, id, given, notAfter)
  }

  /** The file stays, also when it is the last: then nobody comes in by a token. Throws MQ_NOT_FOUND. */
  remove(id: string): void {
    const rows = this.#read()
    if (!rows.some(row => row.id === id)) throw new MqError('MQ_NOT_FOUND', `there is no token ${id}`)
    writeTokens(
      this.#path,
      rows.filter(row => row.id !== id)
    )
  }

  #read(): readonly KeptToken[] {
    if (!this.exist) return []
    const { mode, mtimeMs, size, ino } = statSync(this.#path)
    if ((mode & 0o077) !== 0) {
      throw new MqError('MQ_CONFIG_INVALID', `${this.#path} can be read by others, so no token in it counts`, {
        suggestions: [`chmod 600 ${this.#path}`]
      })
    }
    const seen = `${mtimeMs} ${size} ${ino}`
    if (seen !== this.#seen) {
      this.#rows = parse(this.#path)
      this.#seen = seen
    }
    return this.#rows
  }
}

const parse = (path: string): readonly KeptToken[] => {
  try {
    const { tokens } = JSON.parse(readFileSync(path, 'utf8')) as { tokens: KeptToken[] }
    if (tokens.every(isRow)) return tokens
  } catch {
    // Said below.
  }
  throw new MqError('MQ_CONFIG_INVALID', `${path} is not a file of tokens, so no token counts`)
}

const isRow = ({ id, sha256: hash, scopes: given, notAfter }: KeptToken): boolean =>
  typeof id === 'string' &&
  /^[0-9a-f]{64}$/.test(hash) &&
  given.length > 0 &&
  given.every(scope => scopes.includes(scope)) &&
  (notAfter === undefined || Number.isSafeInteger(notAfter))

/** Makes a token and adds it to the file, which is made when it is not there. Resolves to the only copy of its text. */
export const addToken = (path: string, id: string, given: readonly Scope[], notAfter?: number): string => {
  const token = `mqt_${id}_${secretText(32)}`
  if (!tokenPattern.test(token))
    throw new MqError('MQ_USAGE', `${id} is no name for a token: 4 to 32 letters and digits`)
  const others = existsSync(path) ? parse(path) : []
  if (others.some(row => row.id === id)) throw new MqError('MQ_ALREADY_EXISTS', `there is a token ${id} already`)
  const row = {
    id,
    sha256: sha256(token).toString('hex'),
    scopes: given,
    ...(notAfter === undefined ? {} : { notAfter })
  }
  writeTokens(path, [...others, row])
  return token
}

const writeTokens = (path: string, tokens: readonly KeptToken[]): void => {
  const next = `${path}.next`
  const file = openSync(next, 'w', 0o600)
  try {
    fchmodSync(file, 0o600)
    writeFileSync(file, `${JSON.stringify({ tokens }, undefined, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
