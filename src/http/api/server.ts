/** What the API tells of itself, and its tokens. */
import type { ApiScope, TokenRow } from '../../admin/api-rows.ts'
import { MqError } from '../../kit/errors.ts'
import { items, one } from './answer.ts'
import { type Endpoint, endpoint, record, whole } from './endpoint.ts'
import { includedScopes, scopes } from './scopes.ts'
import type { TokenEntry } from './tokens.ts'

interface NewTokenBody {
  readonly id: string
  readonly scopes: readonly ApiScope[]
  readonly notAfterMs?: number
}

const rowOf = ({ id, scopes: given, notAfter }: TokenEntry): TokenRow => ({
  id,
  scopes: given,
  ...(notAfter === undefined ? {} : { notAfter: new Date(notAfter).toISOString(), notAfterMs: notAfter })
})

const firstWarning =
  'this is the first token: from now on every request over TCP needs one; the unix socket of the data directory does not'

const tokens: readonly Endpoint[] = [
  endpoint({
    id: 'tokenList',
    answer: items('TokenRow'),
    method: 'GET',
    path: '/tokens',
    scope: 'admin',
    summary: 'Who may ask this daemon; the secrets are kept nowhere',
    run: async ({ tokens: kept }) => ({ body: { items: kept.list().map(rowOf) } })
  }),
  endpoint<object, NewTokenBody>({
    id: 'tokenCreate',
    answer: one('NewToken'),
    method: 'POST',
    path: '/tokens',
    scope: 'admin',
    summary: 'Makes a token for this daemon; the answer has its only copy',
    body: record(
      {
        id: { type: 'string', pattern: '^[A-Za-z0-9]{4,32}$' },
        scopes: { type: 'array', items: { enum: scopes }, minItems: 1, maxItems: scopes.length, uniqueItems: true },
        notAfterMs: { ...whole(0, 8_640_000_000_000_000), description: 'counts no more after this; milliseconds' }
      },
      ['id', 'scopes']
    ),
    async run({ tokens: kept }, { body }) {
      const isFirst = !kept.exist
      if (isFirst && !includedScopes(body.scopes).has('admin')) {
        throw new MqError('MQ_USAGE', 'the first token needs the scope admin, or nobody could make another')
      }
      const token = kept.add(body.id, body.scopes, body.notAfterMs)
      const row = rowOf({ id: body.id, scopes: body.scopes, notAfter: body.notAfterMs })
      return {
        status: 201,
        headers: { location: `/api/v1/tokens/${body.id}` },
        body: { ...row, token, warnings: isFirst ? [firstWarning] : [] }
      }
    }
  }),
  endpoint({
    id: 'tokenDelete',
    method: 'DELETE',
    path: '/tokens/{id}',
    scope: 'admin',
    summary: 'The token counts no more, at once. Without any token left only the unix socket is open',
    async run({ tokens: kept }, { params }) {
      kept.remove(params['id']!)
      return {}
    }
  })
]

export const serverEndpoints: readonly Endpoint[] = [
  endpoint({
    id: 'whoami',
    answer: one('WhoAmI'),
    method: 'GET',
    path: '/whoami',
    scope: 'read',
    summary: 'Who asks, and what that one may do',
    run: async (_world, { caller }) => ({ body: caller })
  }),
  endpoint({
    id: 'version',
    answer: one('ApiVersion'),
    method: 'GET',
    path: '/version',
    scope: 'read',
    summary: 'Versions of the daemon and of this API',
    run: async ({ version }) => ({ body: version })
  }),
  ...tokens
]
