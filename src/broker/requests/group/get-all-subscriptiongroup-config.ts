/** Answers GET_ALL_SUBSCRIPTIONGROUP_CONFIG. The wire side is described in src/protocol/requests/get-all-subscriptiongroup-config.ts. */
import { groupConfigWrapperShape } from '../../../protocol/bodies/group-config-wrapper.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getAllSubscriptiongroupConfig } from '../../../protocol/requests/get-all-subscriptiongroup-config.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { pageOf } from '../../metadata-page.ts'

export const getAllSubscriptiongroupConfigRoute = ({
  forbidden,
  groups,
  options
}: Pick<BrokerParts, 'forbidden' | 'groups' | 'options'>): Route =>
  route(getAllSubscriptiongroupConfig, ({ groupSeq, maxGroupNum, dataVersion }) => {
    const asked = { from: groupSeq, most: maxGroupNum, dataVersion }
    const subscriptionGroupTable = pageOf(groups.all(), config => config.groupName, groups.dataVersion, asked, options)
    return {
      header: { totalGroupNum: groups.size },
      body: writeBody(groupConfigWrapperShape, {
        subscriptionGroupTable,
        forbiddenTable: forbidden.table(),
        dataVersion: groups.dataVersion
      })
    }
  })
