package chronicle;

import java.util.Date;
import net.openhft.chronicle.values.Align;
import net.openhft.chronicle.values.Array;
import net.openhft.chronicle.values.Group;
import net.openhft.chronicle.values.MaxUtf8Length;
import net.openhft.chronicle.values.NotNull;
import net.openhft.chronicle.values.Pointer;
import net.openhft.chronicle.values.Range;

/** Value interfaces of every kind, whose offsets the library and the model are asked for. */
public interface Values {

    enum Side { BUY, SELL, BOTH }

    enum Level { A, B, C, D, E }

    interface Numbers {
        byte getTiny(); void setTiny(byte value);
        short getSmall(); void setSmall(short value);
        char getLetter(); void setLetter(@Range(min = 0, max = 65535) char value);
        int getCount(); void setCount(int value);
        long getTotal(); void setTotal(long value);
        float getShare(); void setShare(float value);
        double getRatio(); void setRatio(double value);
        boolean isOpen(); void setOpen(boolean value);
    }

    interface Ranges {
        int getMinute(); void setMinute(@Range(min = 0, max = 59) int value);
        long getMicros(); void setMicros(@Range(min = 0, max = 999_999) long value);
        int getDelta(); void setDelta(@Range(min = -5, max = 5) int value);
        int getYear(); void setYear(@Range(min = 1900, max = 2155) int value);
        byte getBit(); void setBit(@Range(min = 0, max = 1) byte value);
        boolean isLeap(); void setLeap(boolean value);
    }

    interface Groups {
        @Group(2) long getSecond(); void setSecond(long value);
        @Group(1) int getFirst(); void setFirst(int value);
        @Group(-7) @Align(offset = 1) long getZeroth(); void setZeroth(long value);
        boolean isFlag(); void setFlag(boolean value);
        @Group(2) short getAfter(); void setAfter(short value);
    }

    interface Apart {
        @Group(0) @Align(offset = 64, dontCross = 64) long getTail(); void setTail(long value);
        @Group(1) @Align(offset = 64, dontCross = 0) long getHead(); void setHead(long value);
        @Group(2) @Align(offset = 64, dontCross = 64) int getMask(); void setMask(int value);
        short getKind(); void setKind(short value);
    }

    interface Crossing {
        @Align(offset = 0, dontCross = 8) int getPart(); void setPart(@Range(min = 0, max = 1_000_000) int value);
        @Align(dontCross = 4) int getOther(); void setOther(@Range(min = 0, max = 100_000) int value);
        @Align(offset = 2, dontCross = 2) byte getEven(); void setEven(byte value);
        @Group(1) byte getLast(); void setLast(byte value);
    }

    interface Texts {
        CharSequence getName(); void setName(@MaxUtf8Length(20) CharSequence value);
        String getNote(); void setNote(@NotNull @MaxUtf8Length(200) String value);
        int getAge(); void setAge(int value);
    }

    interface Constants {
        Side getSide(); void setSide(Side value);
        Level getLevel(); void setLevel(@NotNull Level value);
        @Group(1) Level getMaybe(); void setMaybe(Level value);
        @Group(2) int getQuantity(); void setQuantity(@Range(min = 0, max = 255) int value);
    }

    interface Moments {
        Date getCreated(); void setCreated(Date value);
        @Group(1) boolean isDone(); void setDone(boolean value);
        @Group(2) @Align(offset = 8) long getSequence(); void setSequence(long value);
    }

    interface Arrays {
        @Array(length = 5) short getShortsAt(int index); void setShortsAt(int index, short value);
        @Group(1) @Array(length = 9, elementOffsetAlignment = 1) int getDigitsAt(int index);
        void setDigitsAt(int index, @Range(min = 0, max = 9) int value);
        @Array(length = 3) double getRatiosAt(int index); void setRatiosAt(int index, double value);
        @Group(2) @Align(offset = 8) long getEnd(); void setEnd(long value);
    }

    interface Spaced {
        @Array(length = 4, elementOffsetAlignment = 8) int getSlotsAt(int index); void setSlotsAt(int index, int value);
        @Group(1) @Align(offset = 64) @Array(length = 3, elementOffsetAlignment = 64) long getLinesAt(int index);
        void setLinesAt(int index, long value);
    }

    interface Point {
        int getX(); void setX(@Range(min = -1_000, max = 1_000) int value);
        int getY(); void setY(int value);
    }

    interface Shape {
        Point getFrom(); void setFrom(Point value);
        @Array(length = 3) Point getCornersAt(int index); void setCornersAt(int index, Point value);
        byte getColour(); void setColour(@Range(min = 0, max = 15) byte value);
    }

    interface Counters {
        long getVolatileCount(); void setOrderedCount(long value); long addAtomicCount(long value);
        int getPhase(); void setPhase(int value); boolean compareAndSwapPhase(int old, int value);
        int getState(); void setOrderedState(@Range(min = 0, max = 9) int value);
        short getEpoch(); void setVolatileEpoch(@Range(min = 0, max = 500) short value);
        boolean isStopped(); void setStopped(boolean value);
    }

    interface Named {
        int getId(); void setId(@Range(min = 0, max = Integer.MAX_VALUE) int value);
    }

    interface Inherits extends Named {
        @Group(1) @Align(offset = 8) long getValue(); void setValue(long value);
    }

    interface Linked {
        Point getNext(); void setNext(@Pointer Point value);
        @Group(1) short getRest(); void setRest(short value);
        @Group(1) byte getMore(); void setMore(@Range(min = 0, max = 3) byte value);
    }

    /** The boundary that a long does not cross, 8, is no multiple of 64. */
    interface Refused {
        @Align(offset = 64) long getTail(); void setTail(long value);
    }

    interface Flags {
        @Array(length = 11) boolean getFlagsAt(int index); void setFlagsAt(int index, boolean value);
        @Group(1) @Align(offset = 1) byte getEnd(); void setEnd(byte value);
    }

    /** The library has no arrays of numbers that are not whole bytes. */
    interface Digits {
        @Array(length = 9) int getDigitsAt(int index); void setDigitsAt(int index, @Range(min = 0, max = 9) int value);
    }

    /** The library generates code that does not compile. */
    interface Narrow {
        byte getState(); void setOrderedState(byte value);
    }

    /** The library cannot make a class of it: a long would begin at bit 31. */
    interface Broken extends Named {
        @Group(1) long getValue(); void setValue(long value);
    }
}
