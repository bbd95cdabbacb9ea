import { Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { promptText } from '../../src/cli/prompt.ts'

export default class ContextPrompt extends MqCommand {
  static override summary = 'print the current context for a shell prompt'
  static override description =
    "Prints nothing where there is none, and never fails: a prompt must not break. In bash: PS1='$(mq context prompt --shell bash) '$PS1"
  static override examples = [
    '<%= config.bin %> context prompt',
    '<%= config.bin %> context prompt --shell zsh --format "(%s) "'
  ]
  static override enableJsonFlag = false
  static override flags = {
    shell: Flags.option({ options: ['bash', 'zsh', 'plain'] as const })({
      default: 'plain',
      description: 'marks colours as that shell wants it'
    }),
    format: Flags.string({ default: '%s', description: '%s is the name' })
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ContextPrompt)
    const text = promptText(process.env, process.cwd(), flags.shell, flags.format)
    if (text !== '') process.stdout.write(text)
  }
}
