import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { connectionFlags } from '../src/cli/flags.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export default class Api extends MqCommand {
  static override summary = 'call the HTTP admin API as it stands'
  static override description =
    'The path is the one below /api/v1. Prints the answer as JSON. /docs of the API, and docs/http-api.md, list what there is.'
  static override examples = [
    '<%= config.bin %> api GET /topics --paginate',
    '<%= config.bin %> api PUT /namesrv/kv/NS/key -F value=1',
    `<%= config.bin %> api POST "/groups/billing:resetOffset?dryRun=true" -d '{"topic":"orders"}'`
  ]
  static override enableJsonFlag = false
  static override args = {
    method: Args.string({ required: true, ignoreStdin: true, options: methods, description: 'what to do' }),
    path: Args.string({ required: true, ignoreStdin: true, description: 'path and query' })
  }
  static override flags = {
    ...connectionFlags,
    data: Flags.string({ char: 'd', exclusive: ['field'], helpValue: 'JSON', description: 'body of the call' }),
    field: Flags.string({
      char: 'F',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      description: 'a field of the body; may be repeated'
    }),
    paginate: Flags.boolean({ default: false, description: 'follow a list to its end' })
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Api)
    const { fieldsBody, jsonBody, rawCall } = await import('../src/cli/raw-call.ts')
    const path = args.path.startsWith('/') ? args.path : `/${args.path}`
    const body =
      flags.data !== undefined ? jsonBody(flags.data) : flags.field === undefined ? undefined : fieldsBody(flags.field)
    if (args.method !== 'GET') this.refuseWhenReadOnly()
    const { api, reach } = await this.httpApi(flags)
    const call = { method: args.method, path, body, paginate: flags.paginate, timeoutMs: flags.timeout }
    const answer = await rawCall(api, reach, call)
    if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer, undefined, 2)}\n`)
  }
}
