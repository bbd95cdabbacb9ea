/** Arguments that commands on brokers share. */
import { Args, Flags } from '@oclif/core'

const meant = 'the broker, by name or host:port'

export const brokerArg = { broker: Args.string({ required: true, ignoreStdin: true, description: meant }) }
/** Needed only when there are several. */
export const maybeBrokerArg = {
  broker: Args.string({ ignoreStdin: true, description: `${meant}; needed only when there are several` })
}
/** All of the cluster when none is named. */
export const anyBrokerArg = {
  broker: Args.string({ ignoreStdin: true, description: 'only this broker, by name or host:port' })
}
export const clusterFlag = {
  cluster: Flags.string({ helpValue: 'NAME', description: 'only this cluster' })
}

export const targetOf = (
  broker: string | undefined,
  cluster: string | undefined
): { readonly cluster: string | undefined; readonly brokers: readonly string[] } => ({
  cluster,
  brokers: broker === undefined ? [] : [broker]
})
