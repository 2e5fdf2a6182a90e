/// What stands between stations and a back end: the TLS front of an operator, which asks Evenroll.
@NullMarked
package dev.evenroll.e2e.front;

import org.jspecify.annotations.NullMarked;
