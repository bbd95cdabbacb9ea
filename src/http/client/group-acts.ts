/** The acts on groups over HTTP. */
import type { Admin } from '../../admin/admin.ts'
import type { GroupActs } from '../../admin/group-acts.ts'
import { type Calls, path } from './calls.ts'

export type Groups = GroupActs &
  Pick<
    Admin,
    | 'describeGroup'
    | 'groupLag'
    | 'groupMembers'
    | 'putGroup'
    | 'deleteGroup'
    | 'resetOffset'
    | 'cloneOffsets'
    | 'consumers'
    | 'producers'
  >

export const groups = (calls: Calls): Groups => ({
  groups: ({ members } = {}) => calls.list('/groups', { members }),
  describeGroup: group => calls.call('GET', path`/groups/${group}`),
  groupLag: (group, topic) => calls.call('GET', path`/groups/${group}/lag`, { query: { topic } }),
  groupMembers: group => calls.call('GET', path`/groups/${group}/members`),
  groupMember: ({ group, clientId, stack }) =>
    calls.call('GET', path`/groups/${group}/members/${clientId}`, { query: { stack } }),
  groupSubscriptions: group => calls.call('GET', path`/groups/${group}/subscriptions`),
  groupOffsets: (group, topic) => calls.call('GET', path`/groups/${group}/offsets`, { query: { topic } }),
  putGroup: ({ group, ...body }, { cluster, brokers, existing, dryRun }) =>
    calls.call('PUT', path`/groups/${group}`, { query: { cluster, broker: brokers, existing, dryRun }, body }),
  deleteGroup: (group, { cluster, brokers, dryRun, withOffsets }) =>
    calls.call('DELETE', path`/groups/${group}`, { query: { cluster, broker: brokers, dryRun, withOffsets } }),
  pauseGroup: ({ group, paused, topic, cluster, brokers, dryRun }) =>
    calls.call('POST', `${path`/groups/${group}`}:${paused ? 'pause' : 'resume'}`, {
      query: { cluster, broker: brokers, dryRun },
      body: { topic }
    }),
  groupMode: ({ group, cluster, brokers, dryRun, ...body }) =>
    calls.call('POST', path`/groups/${group}:setMode`, { query: { cluster, broker: brokers, dryRun }, body }),
  resetOffset: ({ group, dryRun, ...body }) =>
    calls.call('POST', path`/groups/${group}:resetOffset`, { query: { dryRun }, body }),
  cloneOffsets: ({ group, dryRun, ...body }) =>
    calls.call('POST', path`/groups/${group}:cloneOffsets`, { query: { dryRun }, body }),
  consumers: group => calls.list('/consumers', { group }),
  producers: group => calls.list('/producers', { group })
})
