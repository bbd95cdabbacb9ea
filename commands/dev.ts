import { Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { configFileFlag } from '../src/cli/config-file-flag.ts'
import { givenOptions, optionFlags, runFlags, serveOptions } from '../src/cli/daemon-flags.ts'
import { devSetupFlags } from '../src/cli/dev-flags.ts'
import type { StatusView } from '../src/cli/status-lines.ts'
import { nextLines, type WelcomeAddresses, welcomeLines } from '../src/cli/welcome.ts'
import { devFlagRows, planDev } from '../src/daemon/all-in-one.ts'
import { isDetachedChild } from '../src/daemon/detach.ts'
import { serve } from '../src/daemon/serve.ts'

export default class Dev extends MqCommand {
  static override summary = 'run NameServer and broker in one process, for development and tests'
  static override description =
    'Serves until Ctrl-C. The ready file appears when clients can connect, and holds the addresses as JSON.'
  static override examples = [
    '<%= config.bin %> dev',
    '<%= config.bin %> dev --ports auto --ephemeral --ready-file /tmp/mq.json',
    '<%= config.bin %> dev --detach --topic orders:8 --topic audit',
    '<%= config.bin %> dev --detach --ports auto --print-env dotenv > .env'
  ]
  static override flags = {
    ...runFlags,
    ...configFileFlag,
    ports: Flags.string({
      env: 'MQ_PORTS',
      helpValue: 'auto|BASE',
      description: 'free ports, or NameServer on BASE and the others after it'
    }),
    'data-dir': Flags.string({
      env: 'MQ_DATA_DIR',
      helpValue: 'DIR',
      description: 'data directory [default: ~/.local/share/mq/dev]'
    }),
    ephemeral: Flags.boolean({
      exclusive: ['data-dir'],
      description: 'keep the data in a temporary directory, removed at the end'
    }),
    demo: Flags.boolean({ description: 'send and receive a few messages when it is ready' }),
    exit: Flags.boolean({ dependsOn: ['demo'], description: 'end after the demo' }),
    ...devSetupFlags,
    ...optionFlags(devFlagRows)
  }

  async run(): Promise<StatusView | undefined> {
    const { flags } = await this.parse(Dev)
    const { config, ports, ephemeral, demo, exit, 'data-dir': dataDir, 'print-env': printEnv } = flags
    const quiet = process.stderr.isTTY === true && flags['log-format'] === 'auto'
    const given = givenOptions(devFlagRows, flags)
    const plan = planDev({ flags: given, config, dataDir, ports, ephemeral, quiet, env: process.env })
    const { devEnv, envText, parentGone, planted } = await import('../src/cli/dev-setup.ts')
    const served = await serve(plan, {
      ...serveOptions(flags, this.config.version),
      setUp: await planted(flags),
      onReady: async ({ addresses }) => {
        if (printEnv !== undefined) process.stdout.write(envText(devEnv(addresses), printEnv))
        else if (!isDetachedChild()) this.#welcome(addresses, plan.files.dir)
        if (demo) await this.#demo(addresses.namesrv ?? '')
        if (!flags['exit-with-parent']) return !exit
        await parentGone(process.stdin)
        return false
      }
    })
    if (typeof served === 'number' || printEnv === undefined) return this.served(served)
    process.stdout.write(envText(devEnv(served.addresses), printEnv))
    return served
  }

  #welcome(addresses: WelcomeAddresses, dataDir: string): void {
    for (const line of ['', ...welcomeLines(addresses, dataDir, this.screen), '']) this.log(line)
  }

  async #demo(namesrv: string): Promise<void> {
    const { demo } = await import('../src/cli/demo.ts')
    await demo(namesrv, line => this.log(line))
    // `npm start` runs in a clone, where nothing is installed yet.
    const bin = process.env['npm_lifecycle_event'] === 'start' ? './bin/run.js' : this.config.bin
    for (const line of ['', ...nextLines(namesrv, bin), '']) this.log(line)
  }
}
