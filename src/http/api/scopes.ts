/** `read` looks, `operate` moves offsets and messages, `admin` changes what is set up. Each includes those before it. */
import type { ApiScope } from '../../admin/api-rows.ts'

export type Scope = ApiScope
export const scopes: readonly Scope[] = ['read', 'operate', 'admin']

export const includedScopes = (given: readonly Scope[]): ReadonlySet<Scope> =>
  new Set(scopes.slice(0, Math.max(...given.map(scope => scopes.indexOf(scope))) + 1))
