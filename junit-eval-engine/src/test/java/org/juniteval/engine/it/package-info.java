/** Real projects, built by a real Maven in processes of their own: what a user's build does and reports. */
package org.juniteval.engine.it;
