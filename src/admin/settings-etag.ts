/** What tells whether settings are still those that somebody has read: the ETag of HTTP. */
import { createHash } from 'node:crypto'
import { MqError } from '../kit/errors.ts'
import type { ConfigEntry } from './shared-rows.ts'

/** In quotes, as HTTP wants it. The order of the entries counts. */
export const etagOf = (entries: readonly ConfigEntry[]): string =>
  `"${createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22)}"`

/** Throws MQ_PRECONDITION_FAILED. Without a wish, and for `*`, anything will do. */
export const requireMatch = (entries: readonly ConfigEntry[], wished: string | undefined): void => {
  if (wished === undefined || wished === '*' || wished === etagOf(entries)) return
  throw new MqError('MQ_PRECONDITION_FAILED', 'the settings have changed since they were read, so nothing was changed')
}
