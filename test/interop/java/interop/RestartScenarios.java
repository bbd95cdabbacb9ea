// A broker that is stopped and started again under running clients: in two halves, since the caller restarts it between.
package interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

final class RestartScenarios {
    private static final List<MessageExt> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static DefaultMQProducer producer;
    private static List<MessageQueue> queues;
    private static String firstId;

    private RestartScenarios() {
    }

    static void list(Map<String, Workload.Scenario> scenarios) {
        scenarios.put("holdOverRestart", RestartScenarios::before);
        scenarios.put("afterRestart", RestartScenarios::after);
    }

    private static void before(Clients clients, Facts facts) throws Exception {
        String topic = clients.name("Restart");
        producer = clients.producer("RestartProducer");
        clients.createTopic(producer, topic, 2);
        queues = clients.queues(producer, topic, 2);
        firstId = producer.send(new Message(topic, "T", "kept", Clients.bytes("with a key")), queues.get(0))
            .getOffsetMsgId();
        clients.fill(producer, queues, 3, "T");
        DefaultMQPushConsumer consumer = clients.push("RestartGroup");
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            SEEN.addAll(messages);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        Clients.await("7 messages", () -> SEEN.size() >= 7, () -> Clients.byQueue(SEEN));
        consumer.getOffsetStore().persistAll(new TreeSet<>(queues));
        Message later = new Message(topic, "T", Clients.bytes("delayed over the restart"));
        later.setDelayTimeLevel(2);
        producer.send(later, queues.get(1));
        facts.state("seen", Clients.byQueue(SEEN));
    }

    private static void after(Clients clients, Facts facts) throws Exception {
        Clients.await("connection", () -> {
            try {
                return producer.maxOffset(queues.get(0)) >= 4;
            } catch (Exception notYet) {
                return false;
            }
        }, () -> "none");
        clients.fill(producer, queues, 2, "T");
        Clients.await("12 messages", () -> SEEN.size() >= 12, () -> Clients.byQueue(SEEN));
        TreeSet<String> bodies = new TreeSet<>();
        for (MessageExt message : SEEN) {
            bodies.add(message.getQueueId() + " " + Facts.body(message.getBody()));
        }
        facts.state("seen", bodies);
        facts.state("twice", SEEN.size() - 12);
        for (MessageQueue queue : queues) {
            facts.state("offsets", producer.minOffset(queue) + ".." + producer.maxOffset(queue));
        }
        facts.state("by id", Facts.of(producer.viewMessage(queues.get(0).getTopic(), firstId)));
        facts.state("by key", producer.queryMessage(queues.get(0).getTopic(), "kept", 9, 0, Long.MAX_VALUE)
            .getMessageList().size());
    }
}
