// Runs scenarios of a Java client, named on standard input, against one NameServer; facts go to standard output.
// The same sources are compiled against each client version: where two versions differ, Clients bridges by reflection.
package interop;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

public final class Workload {
    interface Scenario {
        void run(Clients clients, Facts facts) throws Exception;
    }

    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SendScenarios.list(SCENARIOS);
        PushScenarios.list(SCENARIOS);
        RetryScenarios.list(SCENARIOS);
        PullScenarios.list(SCENARIOS);
        ReadScenarios.list(SCENARIOS);
        RestartScenarios.list(SCENARIOS);
    }

    private Workload() {
    }

    public static void main(String[] args) throws Exception {
        PrintStream facts = System.out;
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        Clients held = null;
        for (String name = in.readLine(); name != null; name = in.readLine()) {
            Clients clients = new Clients(args[0], args[1]);
            Facts told = new Facts(facts);
            String error = run(name, clients, told);
            if (held != null) {
                held.close();
            }
            // A scenario whose name starts with "hold" keeps its clients until the next one has ended.
            held = name.startsWith("hold") ? clients : null;
            if (held == null) {
                clients.close();
            }
            told.end(error);
        }
        System.exit(0);
    }

    private static String run(String name, Clients clients, Facts facts) {
        try {
            Scenario scenario = SCENARIOS.get(name);
            if (scenario == null) {
                return "no such scenario; there are " + SCENARIOS.keySet();
            }
            scenario.run(clients, facts);
            return "";
        } catch (Throwable failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }
}
