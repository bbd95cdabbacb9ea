/** The context in a shell's prompt, in its colour. */
import { contextColors } from './context-settings.ts'
import { type Env, readContexts } from './contexts.ts'
import { findReach } from './reach.ts'

const firstColor = 31

/** Empty without a context, and when a file cannot be read: a prompt must not break. */
export const promptText = (env: Env, cwd: string, shell: 'bash' | 'zsh' | 'plain', format: string): string => {
  try {
    const { context } = findReach({}, env, cwd)
    if (context === undefined) return ''
    const { color } = readContexts(env).contexts.get(context) ?? {}
    return format.replace('%s', colored(context, color, shell))
  } catch {
    return ''
  }
}

const colored = (name: string, color: string | undefined, shell: 'bash' | 'zsh' | 'plain'): string => {
  if (color === undefined || shell === 'plain') return name
  if (shell === 'zsh') return `%F{${color}}${name}%f`
  const code = firstColor + (contextColors as readonly string[]).indexOf(color)
  // \001 and \002 tell readline that what is between them takes no room.
  return `\u0001\u001b[${code}m\u0002${name}\u0001\u001b[39m\u0002`
}
