/// Who asks: the judgement of a client's certificates, and the only place where a [Requester] is made.
@NullMarked
package dev.evenroll.gateway.authentication;

import org.jspecify.annotations.NullMarked;
