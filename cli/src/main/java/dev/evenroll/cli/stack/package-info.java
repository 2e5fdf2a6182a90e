/// The local stack: a broker and the five services as processes of their own, the trust between them, and what
/// another process needs to know to speak to them.
@NullMarked
package dev.evenroll.cli.stack;

import org.jspecify.annotations.NullMarked;
