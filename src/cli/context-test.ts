/** Asks the cluster of a context over each road that it names. */
import type { Admin } from '../admin/admin.ts'
import { systemClock } from '../kit/clock.ts'
import { errorText } from '../kit/errors.ts'
import type { Env } from './contexts.ts'
import { findReach, type Reach } from './reach.ts'
import type { ContextTest } from './result-rows.ts'

export const testContext = async (name: string, env: Env, timeoutMs: number): Promise<ContextTest[]> => {
  const reach = findReach({ context: name }, env, '/')
  const rows: ContextTest[] = []
  if (reach.api !== undefined) rows.push(await overHttp(name, reach.api, reach, timeoutMs))
  if (reach.namesrv !== undefined) rows.push(await overRemoting(name, reach.namesrv, reach, timeoutMs))
  return rows
}

const overHttp = async (name: string, address: string, reach: Reach, timeoutMs: number): Promise<ContextTest> => {
  const { apiAdmin } = await import('./api-connection.ts')
  return { name, road: 'http', address, ...(await asked(apiAdmin(address, reach, timeoutMs))) }
}

const overRemoting = async (name: string, address: string, reach: Reach, timeoutMs: number): Promise<ContextTest> => {
  const { connect } = await import('./connection.ts')
  const connection = connect(reach, timeoutMs, false)
  try {
    return { name, road: 'remoting', address, ...(await asked(connection.admin)) }
  } finally {
    await connection.close()
  }
}

const asked = async (admin: Admin): Promise<Pick<ContextTest, 'ok' | 'ms' | 'brokers' | 'error'>> => {
  const began = systemClock.monotonic()
  try {
    const { items } = await admin.clusters()
    return { ok: true, ms: Math.round(systemClock.monotonic() - began), brokers: items.length }
  } catch (error) {
    return { ok: false, error: errorText(error) }
  }
}
