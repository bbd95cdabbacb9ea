// Runs many mqadmin commands in one JVM. A line of standard input is one command, its arguments separated by tabs; the
// answer is one line: exit status (-1 when the command returned), what it printed and what it complained, in base64.
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

    /** Stands in for the end of the process, which a command asks for when it cannot parse its options. */
    private static final class Exit extends Error {
        private static final long serialVersionUID = 1L;
        final int status;

        Exit(int status) {
            this.status = status;
        }
    }

    @SuppressWarnings("removal")
    private static void trapExits() {
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkExit(int status) {
                throw new Exit(status);
            }

            @Override
            public void checkPermission(java.security.Permission permission) {
                // Everything else is allowed.
            }
        });
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // The first logger tells of its set-up on standard output, which must not become the first command's answer.
        System.setOut(System.err);
        LoggerFactory.getLogger(AdminDriver.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        trapExits();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ByteArrayOutputStream complained = new ByteArrayOutputStream();
            System.setOut(new PrintStream(printed, true, "UTF-8"));
            System.setErr(new PrintStream(complained, true, "UTF-8"));
            int status = -1;
            try {
                MQAdminStartup.main0(line.split("\t", -1), null);
            } catch (Exit exit) {
                status = exit.status;
            } catch (Throwable failure) {
                failure.printStackTrace();
            }
            System.out.flush();
            System.err.flush();
            answers.println(status + " " + Base64.getEncoder().encodeToString(printed.toByteArray()) + " "
                + Base64.getEncoder().encodeToString(complained.toByteArray()));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }
}
