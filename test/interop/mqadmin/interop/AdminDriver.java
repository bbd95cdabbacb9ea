// Runs many mqadmin commands in one JVM. A line of standard input is one command: how long it may take in milliseconds,
// its name and its arguments, separated by tabs. The answer is one line: what it printed and what it complained, in
// base64. A command that runs for ever is interrupted when its time is over, and what it goes on to print is lost. A
// command that cannot parse its options ends the process, as mqadmin itself would.
// The line "options" is answered with one line for each command: its name and its options.
package interop;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import org.apache.rocketmq.logging.org.slf4j.LoggerFactory;
import org.apache.rocketmq.tools.command.MQAdminStartup;
import org.apache.rocketmq.tools.command.SubCommand;

public final class AdminDriver {
    private AdminDriver() {
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        PrintStream log = System.err;
        // The first logger tells of its set-up on standard output, which must not become the first command's answer.
        System.setOut(log);
        LoggerFactory.getLogger(AdminDriver.class);
        System.setOut(new PrintStream(new OfThread(OfThread.PRINTED, log), true, "UTF-8"));
        System.setErr(new PrintStream(new OfThread(OfThread.COMPLAINED, log), true, "UTF-8"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            answers.println(line.equals("options") ? options() : run(line.split("\t", -1)));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static String run(String[] words) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        Thread command = new Thread(() -> {
            OfThread.PRINTED.set(printed);
            OfThread.COMPLAINED.set(complained);
            // Every command is made anew by main0, but all share one list of commands, which only grows.
            MQAdminStartup.main0(Arrays.copyOfRange(words, 1, words.length), null);
        });
        command.setDaemon(true);
        command.start();
        awaitEnd(command, System.nanoTime() + Long.parseLong(words[0]) * 1_000_000);
        String answer = base64(printed) + " " + base64(complained);
        // What the interrupt makes it complain is no part of the answer.
        command.interrupt();
        return answer;
    }

    /** A client that shuts down waits up to 3 s for a thread that polls; an interrupt ends that wait, and only that. */
    private static void awaitEnd(Thread command, long deadline) throws InterruptedException {
        while (command.isAlive() && System.nanoTime() < deadline) {
            command.join(20);
            boolean shuttingDown = Arrays.stream(command.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".ServiceThread") && frame.getMethodName().equals("shutdown"));
            if (shuttingDown && command.getState() == Thread.State.TIMED_WAITING) {
                command.interrupt();
            }
        }
    }

    private static String options() throws Exception {
        MQAdminStartup.initCommand();
        Field field = MQAdminStartup.class.getDeclaredField("SUB_COMMANDS");
        field.setAccessible(true);
        StringBuilder lines = new StringBuilder();
        for (Object one : (Collection<?>) field.get(null)) {
            SubCommand command = (SubCommand) one;
            Options options = command.buildCommandlineOptions(new Options());
            lines.append(command.commandName());
            for (Option option : options.getOptions()) {
                OptionGroup group = options.getOptionGroup(option);
                lines.append(option.getOpt() == null ? " --" : " -" + option.getOpt() + " ");
                lines.append(option.getLongOpt().trim());
                lines.append(option.isRequired() ? "!" : group != null && group.isRequired() ? "?" : "");
                lines.append(option.hasArg() ? "" : "~");
            }
            lines.append('\n');
        }
        return Base64.getEncoder().encodeToString(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(ByteArrayOutputStream bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
