// What a scenario saw, one JSON object a line: the only thing that ever reaches standard output.
package interop;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.MessageExt;

final class Facts {
    private static final int BODY_SHOWN = 40;
    private final PrintStream out;

    Facts(PrintStream out) {
        this.out = out;
    }

    /** States one fact of the running scenario. Maps, collections, numbers, booleans and text are written as JSON. */
    void state(String name, Object value) {
        line("fact", name, "value", value);
    }

    /** Ends a scenario; an empty error means that it ran to its end. */
    void end(String error) {
        line("end", error);
    }

    private synchronized void line(Object... pairs) {
        StringBuilder text = new StringBuilder();
        json(map(pairs), text);
        out.println(text);
        out.flush();
    }

    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** All of a message that two servers must agree on; ids and times are taken out later, by one list for all facts. */
    static Map<String, Object> of(MessageExt message) {
        return map("topic", message.getTopic(), "queueId", message.getQueueId(), "queueOffset",
            message.getQueueOffset(), "flag", message.getFlag(), "sysFlag", message.getSysFlag(), "reconsumeTimes",
            message.getReconsumeTimes(), "preparedTransactionOffset", message.getPreparedTransactionOffset(), "body",
            body(message.getBody()), "properties", new TreeMap<>(message.getProperties()));
    }

    /** Short bodies as text, long ones as length and digest. */
    static String body(byte[] body) {
        if (body == null) {
            return "none";
        }
        if (body.length <= BODY_SHOWN) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try {
            StringBuilder hex = new StringBuilder().append(body.length).append(" bytes, sha256 ");
            for (byte b : MessageDigest.getInstance("SHA-256").digest(body)) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(Object value, StringBuilder to) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            to.append(value);
        } else if (value instanceof Map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                quote(String.valueOf(entry.getKey()), to.append(separator));
                json(entry.getValue(), to.append(':'));
                separator = ",";
            }
            to.append(((Map<?, ?>) value).isEmpty() ? "{}" : "}");
        } else if (value instanceof Collection) {
            String separator = "[";
            for (Object item : (Collection<?>) value) {
                json(item, to.append(separator));
                separator = ",";
            }
            to.append(((Collection<?>) value).isEmpty() ? "[]" : "]");
        } else {
            quote(String.valueOf(value), to);
        }
    }

    private static void quote(String text, StringBuilder to) {
        to.append('"');
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }
}
