/** Keys and values of NameServers: found, changed, and what became of a change. */
import { Args } from '@oclif/core'
import type { Admin } from '../admin/admin.ts'
import type { ConfigEntry } from '../admin/shared-rows.ts'
import { MqError } from '../kit/errors.ts'
import { nearest } from '../kit/nearest.ts'
import type { KvChange } from './result-rows.ts'

export const orderNamespace = 'ORDER_TOPIC_CONFIG'

export const namespaceArg = {
  namespace: Args.string({ required: true, ignoreStdin: true, description: 'name of the namespace' })
}
export const keyArg = { key: Args.string({ required: true, ignoreStdin: true, description: 'name of the key' }) }

/** Rejects with MQ_NOT_FOUND, naming the key that was meant. */
export const oneKey = async (admin: Admin, namespace: string, key: string): Promise<ConfigEntry> => {
  const entries = await admin.kv(namespace)
  const found = entries.find(entry => entry.key === key)
  if (found !== undefined) return found
  const meant = nearest(
    key,
    entries.map(entry => entry.key)
  )
  throw new MqError('MQ_NOT_FOUND', `the namespace ${namespace} has no key ${key}`, {
    suggestions: [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `\`mq namesrv kv list ${namespace}\` shows all`
    ]
  })
}

export const setKey = async (
  admin: Admin,
  namespace: string,
  entry: ConfigEntry,
  dryRun: boolean
): Promise<KvChange> => {
  const before = (await admin.kv(namespace)).find(known => known.key === entry.key)
  const outcome = before?.value === entry.value ? 'unchanged' : dryRun ? 'planned' : 'done'
  if (outcome === 'done') await admin.putKv(namespace, entry)
  return { namespace, ...entry, outcome }
}

/** Rejects with MQ_NOT_FOUND. */
export const deleteKey = async (admin: Admin, namespace: string, key: string, dryRun: boolean): Promise<KvChange> => {
  await oneKey(admin, namespace, key)
  if (!dryRun) await admin.deleteKv(namespace, key)
  return { namespace, key, outcome: dryRun ? 'planned' : 'done' }
}

/** `broker-a:4;broker-b:4`. Throws MQ_USAGE. */
export const checkedOrder = (text: string): string => {
  const parts = text.split(';').filter(part => part !== '')
  if (parts.length > 0 && parts.every(part => /^[^:;\s]+:\d{1,5}$/.test(part))) return parts.join(';')
  throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is not of the form BROKER:QUEUES;BROKER:QUEUES`)
}
