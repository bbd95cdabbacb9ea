// Runs many mqadmin commands in one JVM. A line of standard input is one command, its arguments separated by tabs; the
// answer is one line: what it printed and what it complained, in base64. A command that cannot parse its options ends
// the process, as mqadmin itself would.
package interop;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.rocketmq.logging.org.slf4j.LoggerFactory;
import org.apache.rocketmq.tools.command.MQAdminStartup;

public final class AdminDriver {
    private AdminDriver() {
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        PrintStream log = System.err;
        // The first logger tells of its set-up on standard output, which must not become the first command's answer.
        System.setOut(log);
        LoggerFactory.getLogger(AdminDriver.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ByteArrayOutputStream complained = new ByteArrayOutputStream();
            System.setOut(new PrintStream(printed, true, "UTF-8"));
            System.setErr(new PrintStream(complained, true, "UTF-8"));
            // Every command is made anew by main0, but all share one list of commands, which only grows.
            MQAdminStartup.main0(line.split("\t", -1), null);
            System.out.flush();
            System.err.flush();
            answers.println(base64(printed) + " " + base64(complained));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static String base64(ByteArrayOutputStream bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
