// A stream that each thread, and the threads that it starts, may have for its own.
package interop;

import java.io.IOException;
import java.io.OutputStream;

final class OfThread extends OutputStream {
    static final InheritableThreadLocal<OutputStream> PRINTED = new InheritableThreadLocal<>();
    static final InheritableThreadLocal<OutputStream> COMPLAINED = new InheritableThreadLocal<>();
    private final ThreadLocal<OutputStream> own;
    private final OutputStream otherwise;

    OfThread(ThreadLocal<OutputStream> own, OutputStream otherwise) {
        this.own = own;
        this.otherwise = otherwise;
    }

    @Override
    public void write(int one) throws IOException {
        stream().write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        stream().write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        stream().flush();
    }

    private OutputStream stream() {
        OutputStream mine = own.get();
        return mine == null ? otherwise : mine;
    }
}
