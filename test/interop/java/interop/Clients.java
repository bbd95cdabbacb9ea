// Makes the clients of a scenario, waits for what they should see, and shuts all of them down when the scenario ends.
package interop;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class Clients {
    static final int PATIENCE_MS = 40_000;
    private static final int ROUTE_SEEN_TIMES = 15;
    private final String namesrv;
    private final String prefix;
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private int made;

    Clients(String namesrv, String prefix) {
        this.namesrv = namesrv;
        this.prefix = prefix;
    }

    /** A topic or group name of this run: client versions that share a server do not share names. */
    String name(String name) {
        return prefix + name;
    }

    DefaultMQProducer producer(String group) throws MQClientException {
        DefaultMQProducer producer = new DefaultMQProducer(name(group));
        producer.setNamesrvAddr(namesrv);
        producer.setInstanceName("i" + made++);
        producer.setSendMsgTimeout(20_000);
        producer.start();
        closers.push(producer::shutdown);
        return producer;
    }

    /** Not started: the scenario subscribes and registers its listener first. One thread keeps each queue's order. */
    DefaultMQPushConsumer push(String group) {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(name(group));
        consumer.setNamesrvAddr(namesrv);
        consumer.setInstanceName("i" + made++);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(1);
        consumer.setPersistConsumerOffsetInterval(500);
        // The client gives its subscription a new version when it rebalances, and skips the heartbeat that should tell
        // the broker if another is on its way; pulls are then refused until the next one, half a minute later.
        consumer.setHeartbeatBrokerInterval(1000);
        consumer.setPollNameServerInterval(1000);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        closers.push(consumer::shutdown);
        return consumer;
    }

    DefaultLitePullConsumer lite(String group) {
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer(name(group));
        consumer.setNamesrvAddr(namesrv);
        consumer.setInstanceName("i" + made++);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setAutoCommit(false);
        consumer.setHeartbeatBrokerInterval(1000);
        consumer.setPollNameServerInterval(1000);
        closers.push(consumer::shutdown);
        return consumer;
    }

    /** The enum of message models moved to another package in 5.0, so that one source can only reach it by name. */
    static void broadcast(DefaultMQPushConsumer consumer) throws ReflectiveOperationException {
        for (Method method : DefaultMQPushConsumer.class.getMethods()) {
            if (method.getName().equals("setMessageModel")) {
                for (Object model : method.getParameterTypes()[0].getEnumConstants()) {
                    if (model.toString().equals("BROADCASTING")) {
                        method.invoke(consumer, model);
                    }
                }
            }
        }
    }

    /** createTopic took a map of attributes on in 5.0. */
    void createTopic(DefaultMQProducer producer, String topic, int queues) throws Exception {
        try {
            DefaultMQProducer.class.getMethod("createTopic", String.class, String.class, int.class, Map.class)
                .invoke(producer, "TBW102", topic, queues, Collections.emptyMap());
        } catch (NoSuchMethodException before5) {
            DefaultMQProducer.class.getMethod("createTopic", String.class, String.class, int.class)
                .invoke(producer, "TBW102", topic, queues);
        }
        queues(producer, topic, queues);
    }

    /**
     * The queues of a topic in order of their ids, once the NameServer has named all of them for some 300 ms without
     * a gap: when two topics change at once (a new topic, the retry topic of a new group), Apache loses one of them for
     * a moment, and a consumer that starts in that moment looks again only half a minute later.
     */
    List<MessageQueue> queues(DefaultMQProducer producer, String topic, int count) throws Exception {
        List<MessageQueue> found = new ArrayList<>();
        int[] times = {0};
        await("a route of " + topic, () -> {
            found.clear();
            try {
                found.addAll(producer.fetchPublishMessageQueues(topic));
            } catch (MQClientException noRouteYet) {
                times[0] = 0;
                return false;
            }
            times[0] = found.size() == count ? times[0] + 1 : 0;
            return times[0] > ROUTE_SEEN_TIMES;
        }, () -> found);
        Collections.sort(found);
        return found;
    }

    /** `each` messages into every queue, in order; the body of a message says where it should lie. */
    void fill(DefaultMQProducer producer, List<MessageQueue> queues, int each, String tag) throws Exception {
        for (int i = 0; i < each; i++) {
            for (MessageQueue queue : queues) {
                Message message = new Message(queue.getTopic(), tag, bytes("q" + queue.getQueueId() + " m" + i));
                producer.send(message, queue);
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bodies by queue, in the order of arrival. */
    static Map<String, Object> byQueue(Collection<MessageExt> messages) {
        Map<String, Object> queues = new TreeMap<>();
        for (MessageExt message : new ArrayList<>(messages)) {
            @SuppressWarnings("unchecked")
            List<String> bodies = (List<String>) queues.computeIfAbsent(
                message.getTopic() + "/" + message.getQueueId(), k -> new ArrayList<String>());
            bodies.add(message.getQueueOffset() + ": " + Facts.body(message.getBody()));
        }
        return queues;
    }

    interface Act {
        Object run() throws Exception;
    }

    /** The code with which a call failed, or what it returned. */
    static Object codeOf(Act act) throws InterruptedException {
        try {
            return act.run();
        } catch (MQBrokerException e) {
            return "broker refused: " + e.getResponseCode();
        } catch (MQClientException e) {
            return "client refused: " + e.getResponseCode();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "failed: " + e.getClass().getSimpleName();
        }
    }

    static void await(String what, BooleanSupplier done, Supplier<Object> seen) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no " + what + " in " + PATIENCE_MS + " ms; seen: " + seen.get());
            }
            Thread.sleep(20);
        }
    }

    void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
