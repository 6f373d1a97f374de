/** What an eval suite mentions: its annotations, {@link org.juniteval.Score} and {@link org.juniteval.SampleContext}. */
package org.juniteval;
