/** Does what a plan says, object by object. */
import type { Admin } from '../../admin/admin.ts'
import { errorText, MqError } from '../../kit/errors.ts'
import type { ManifestRow } from '../result-rows.ts'
import type { GroupManifest, TopicManifest } from './manifest.ts'
import { type PlannedRow, topicDefaults } from './plan.ts'

/** What fails is told in its row, and the others are done. Rejects with the first failure when nothing succeeded. */
export const applyPlan = async (admin: Admin, plan: readonly PlannedRow[]): Promise<ManifestRow[]> => {
  const rows: ManifestRow[] = []
  const errors: MqError[] = []
  for (const { manifest, row } of plan) {
    if (row.outcome !== 'planned') {
      rows.push(row)
      continue
    }
    try {
      if (manifest.kind === 'Topic') await applyTopic(admin, manifest, row)
      if (manifest.kind === 'ConsumerGroup') await applyGroup(admin, manifest, row)
      rows.push({ ...row, outcome: 'done' })
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      errors.push(error)
      rows.push({ ...row, outcome: 'failed', error: errorText(error) })
    }
  }
  if (errors.length > 0 && rows.every(row => row.outcome !== 'done')) throw errors[0]!
  return rows
}

const refusedAt = (failed: readonly { readonly brokerName: string; readonly error?: string }[]): MqError =>
  new MqError('MQ_SERVER_REFUSED', failed.map(({ brokerName, error }) => `${brokerName}: ${error ?? ''}`).join('; '))

/** Fields of a topic's change that are no attributes. */
const plainFields: ReadonlySet<string> = new Set(['readQueues', 'writeQueues', 'perm', 'order'])

const applyTopic = async (
  admin: Admin,
  manifest: TopicManifest,
  { action, brokers, changes }: ManifestRow
): Promise<void> => {
  const { name: topic, readQueueNums, writeQueueNums, perm, order, type, attributes } = manifest
  if (action === 'create') {
    const spec = {
      topic,
      readQueueNums: readQueueNums ?? topicDefaults.readQueueNums,
      writeQueueNums: writeQueueNums ?? topicDefaults.writeQueueNums,
      perm: perm ?? topicDefaults.perm,
      order: order ?? topicDefaults.order,
      attributes: { ...attributes, ...(type === undefined ? {} : { 'message.type': type }) }
    }
    const { failed } = await admin.createTopic(spec, { existing: 'keep', wait: true, brokers })
    if (failed !== undefined) throw refusedAt(failed)
    return
  }
  const ofAttributes = changes.filter(change => !plainFields.has(change.field))
  const set = ofAttributes.flatMap(({ field, after }) => (after === undefined ? [] : [[field, after] as const]))
  const removeAttributes = ofAttributes.filter(change => change.after === undefined).map(change => change.field)
  const { brokers: rows } = await admin.changeTopic(
    { topic, readQueueNums, writeQueueNums, perm, order, attributes: Object.fromEntries(set), removeAttributes },
    { brokers }
  )
  const failed = rows.filter(row => row.outcome === 'failed')
  if (failed.length > 0) throw refusedAt(failed)
}

const applyGroup = async (admin: Admin, { name, settings }: GroupManifest, { brokers }: ManifestRow): Promise<void> => {
  await admin.putGroup({ group: name, ...Object.fromEntries(settings) }, { existing: 'update', brokers })
}
