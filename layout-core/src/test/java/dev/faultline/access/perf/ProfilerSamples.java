package dev.faultline.access.perf;

import java.util.List;

/** What profilers print of one small program, in the forms of several versions; all values are invented. */
final class ProfilerSamples {

    /** perf c2c report --stdio of perf 6: a table of lines, then the offsets of each. */
    static final String C2C_2022 = """
            =================================================
                        Trace Event Information
            =================================================
              Total records                     :       4000
              Load Operations                   :       2500

            =================================================
                       Shared Data Cache Line Table
            =================================================
            #
            #        ----------- Cacheline ----------      Tot  ------- Load Hitm -------    Total    Total    Total  --------- Stores --------
            # Index             Address  Node  PA cnt     Hitm    Total  LclHitm  RmtHitm  records    Loads   Stores    L1Hit   L1Miss      N/A
            # .....  ..................  ....  ......  .......  .......  .......  .......  .......  .......  .......  .......  .......  .......
            #
                  0      0x7f31a2c04080     0    1200   80.00%      400      300      100     1500     1000      500      400       80       20
                  1      0x7f31a2c040c0     0      90   20.00%      100      100        0      300      260       40       40        0        0

            =================================================
                  Shared Cache Line Distribution Pareto
            =================================================
            #
            #        ----- HITM -----  ------- Store Refs ------  --------- Data address ---------                      ---------- cycles ----------    Total       cpu                          Shared
            #   Num  RmtHitm  LclHitm   L1 Hit  L1 Miss      N/A              Offset  Node  PA cnt        Code address  rmt hitm  lcl hitm      load  records       cnt           Symbol         Object      Source:Line  Node
            # .....  .......  .......  .......  .......  .......  ..................  ....  ......  ..................  ........  ........  ........  .......  ........  ...............  .............  ...............  ....
            #
              ----------------------------------------------------------------------
                  0      100      300      400       80       20      0x7f31a2c04080
              ----------------------------------------------------------------------
                       0.00%   10.00%  100.00%  100.00%  100.00%                 0x8     0       1      0x55e0a1b01a10         0       190       150      600         4  [.] Pool<int, 4>::count(int)   pool.exe  pool.cc:40       0
                      70.00%   60.00%    0.00%    0.00%    0.00%                0x10     0       1      0x55e0a1b01b22       610       180        60      500         3  [.] reader_main      pool.exe       pool.cc:71       0
                      30.00%   30.00%    0.00%    0.00%    0.00%                0x18     0       1      0x55e0a1b01b2a       600       170        50      400         3  [.] reader_main      pool.exe       pool.cc:72       0
            """;

    /** The form of 2016: 4 percentages, neither nodes nor records, a pid. */
    static final String C2C_2016 = """
            #
            #        ----- HITM -----  -- Store Refs --        Data address                               ---------- cycles ----------       cpu                               Shared
            #   Num      Rmt      Lcl   L1 Hit  L1 Miss              Offset      Pid        Code address  rmt hitm  lcl hitm      load       cnt          Symbol              Object         Source:Line  Node{cpu list}
            # .....  .......  .......  .......  .......  ..................  .......  ..................  ........  ........  ........  ........  ..............  ..................  ..................  ....
            #
              -------------------------------------------------------------
                  0      200      100     1000       10            0x601080
              -------------------------------------------------------------
                      50.00%   50.00%   90.00%  100.00%                 0x0      777            0x400a10     20000     19000     18000         8  [.] writer          app.exe             app.c:14   0{0-1}  1{24-25}
                      50.00%   50.00%    0.00%    0.00%                0x20      777            0x400b20      2000      1500      1400         2  [.] reader          app.exe             app.c:30   1{26}  2{48}
            """;

    /** Rows as pasted in a mail: quoted, without heads, one program in the kernel. */
    static final String C2C_MAIL = """
            > Here is what I see on the box:
            >
            >   #----------------------------------------------------------------------
            >       4        0     1000        0        0        0  0xff1100088366d880
            >   #----------------------------------------------------------------------
            >     0.00%   40.00%    0.00%    0.00%    0.00%    0x8     1       1  0xffffffff81373b7b         0       231       129     5000        64  [k] charge_page    [kernel.vmlinux]  memcontrol.h:75   1
            >     0.00%   60,00%    0.00%    0.00%    0.00%   0x10     1       1  0xffffffff81374718         0       226        97     3000        64  [k] uncharge_page  [kernel.vmlinux]  memcontrol.h:90   1
            """;

    /** Coalesced by thread, and of an Arm machine that tells peers in place of HITMs. */
    static final String C2C_THREADS = """
            #        -- Peer Snoop --  ------- Store Refs ------  --------- Data address ---------                                                   ---------- cycles ----------    Total       cpu                          Shared
            #   Num      Rmt      Lcl   L1 Hit  L1 Miss      N/A              Offset  Node  PA cnt      Pid                 Tid        Code address  rmt peer  lcl peer      load  records       cnt           Symbol         Object      Source:Line  Node
            # .....  .......  .......  .......  .......  .......  ..................  ....  ......  .......  ..................  ..................  ........  ........  ........  .......  ........  ...............  .............  ...............  ....
            #
              ----------------------------------------------------------------------
                  0       20       80        0        0       50      0xaaaac17d6000
              ----------------------------------------------------------------------
                       0.00%    0.00%    0.00%    0.00%   60.00%                 0x0     0       1      900          901:io thd 1      0xaaaac17c25ac         0         0         0       30         1  [.] put              mem.exe        mem.c:5          0
                       0.00%    0.00%    0.00%    0.00%   40.00%                 0x0     0       1      900          902:io thd 2      0xaaaac17c25ac         0         0         0       20         1  [.] put              mem.exe        mem.c:5          0
                     100.00%  100.00%    0.00%    0.00%    0.00%                0x20     0       1      900          903:main          0xaaaac17c3e88         0         0       173      400         2  [.] get              mem.exe        mem.c:9          0
            """;

    /** Coalesced by program: no code. */
    static final String C2C_NO_CODE = """
            #        ----- HITM -----  ------- Store Refs ------  --------- Data address ---------           ---------- cycles ----------    Total       cpu             Shared
            #   Num  RmtHitm  LclHitm   L1 Hit  L1 Miss      N/A              Offset  Node  PA cnt      Pid  rmt hitm  lcl hitm      load  records       cnt             Object  Node
            # .....  .......  .......  .......  .......  .......  ..................  ....  ......  .......  ........  ........  ........  .......  ........  .................  ....
            #
                  0        0      100       10        0        0      0x7f31a2c04080
                       0.00%   25.00%  100.00%    0.00%    0.00%                 0x0     0       1     8904         0       193       184       80         2  pool.exe            0
                       0.00%   75.00%    0.00%    0.00%    0.00%                0x20     0       1     8904       600       176        47      300         1  pool.exe            0
            """;

    /** perf script with all fields; the words of the data source are cut off in the last line. */
    static final String SCRIPT = """
                writer 1  700/701  [000]  100.000000: cpu/mem-stores/P:     7f31a2c04088 Pool<int, 4>::all+0x8     1026a080144 |OP STORE|LVL L1 or L1 hit|SNP N/A|TLB L1 or L2 hit|LCK Yes|BLK  N/A               0     55e0a1b01a10 Pool<int, 4>::count(int)+0x10
                writer 2  700/702  [001]  100.250000: cpu/mem-stores/P:     7f31a2c04088 Pool<int, 4>::all+0x8     10269080144 |OP STORE|LVL L1 or L1 hit|SNP N/A|TLB L1 or L2 hit|LCK N/A|BLK  N/A               0     55e0a1b01a18 Pool<int, 4>::count(int)+0x18
                  reader  700/703  [002]  100.500000: cpu/mem-loads,ldlat=30/P:     7f31a2c04090 Pool<int, 4>::all+0x10     10669800842 |OP LOAD|LVL L3 or L3 hit|SNP HitM|TLB L1 or L2 hit|LCK N/A|BLK  N/A             112     55e0a1b01b22 reader_main+0xdf        7f003170
                  reader  700/703  [002]  101.000000: cpu/mem-loads,ldlat=30/P:     7f31a2c04090 Pool<int, 4>::all+0x10     10269100142 |OP LOAD|LVL L1 or L1 hit|SNP None|TLB L1 or L2 hit|LCK N/A|BLK  N/A              35     55e0a1b01b22 reader_main+0xdf
                  reader  700/703  [002]  101.500000: cpu/mem-loads,ldlat=30/P:                0 [unknown]     10269100142 |OP LOAD|LVL Remote Remote Cache (1 hop) or L3 hit|SNP HitM|TLB L1 or L2 hit|LCK N
            """;

    /** perf script with few fields. */
    static final String SCRIPT_FEW = """
                7f31a2c04088 all     1026a080144 |OP STORE|LVL L1 or L1 hit|SNP N/A|TLB L1 or L2 hit|LCK Yes|BLK  N/A     55e0a1b01a10 count
                7f31a2c04090 all     10669800842 |OP LOAD|LVL L3 or L3 hit|SNP HitM|TLB L1 or L2 hit|LCK N/A|BLK  N/A     55e0a1b01b22 reader_main
            """;

    /** perf mem -D report. */
    static final String RAW = """
            # PID, TID, IP, ADDR, LOCAL WEIGHT, DSRC, SYMBOL
             700  701 0x000055e0a1b01a10 0x0167f31a2c04088     0 0x1026a080144 /opt/pool.exe:count
            700 703 0x55e0a1b01b22 0x7f31a2c04090 112 0x10669800842 /opt/pool.exe:reader_main
            """;

    /** perf report -s type,typeoff --hierarchy --group. */
    static final String TYPES = """
            # Samples: 5K of events 'cpu/mem-loads,ldlat=4/P, cpu/mem-stores/P, dummy:u'
            # Event count (approx.): 1000
            #
            #                    Overhead  Data Type / Data Type Offset
            # ...........................  ............................
            #
                40.00%  20.00%   0.00%     struct ring
                   30.00%   0.00%   0.00%     struct ring +8 (head.value)
                   10.00%  20.00%   0.00%     struct ring +0 (tail)
                15.00%  10.00%   0.00%     (stack operation)
                   15.00%  10.00%   0.00%     (stack operation) +0 (no field)
                45.00%  70.00%   0.00%     (unknown)
                   45.00%  70.00%   0.00%     (unknown) +0 (no field)
            """;

    /** The same of a later version, unfolded in a window: hexadecimal offsets, one event whose name is cut off. */
    static final String TYPES_WINDOW = """
            -   12.50%        struct ring
               +   2.50%        struct ring: cache-line 1
               -   10.00%        struct ring: cache-line 0
                       6.00%        struct ring +0x8 (head.value)
                       4.00%        struct ring +0x14 (no field)
            Annotate data type stats:
            total 200, ok 78 (39.0%), bad 122 (61.0%)
            """;

    /** perf annotate --data-type: a union's members repeat its samples. */
    static final String ANNOTATED = """
            Annotate type: 'struct ring' in [kernel.kallsyms] (150 samples):
             event[0] = cpu/mem-loads,ldlat=4/P
             event[1] = cpu/mem-stores/P
            ============================================================================
                              samples     offset       size  field
                    120         30          0         64  struct ring     {
                     20         30          0          8      long unsigned int  tail;
                    100          0          8         16      union       {
                    100          0          8          8          struct list_head       head {
                    100          0          8          8              struct list_head*  next;
                                                              };
                    100          0          8          8          long unsigned int      bits;
                                                          };
                      0          0         24          8      long unsigned int  idle;
                                                      };
            """;

    /** The same in percent, of an event without a name. */
    static final String ANNOTATED_PERCENT = """
              Annotate type: 'struct ring' (50 samples)
                  Percent     Offset       Size  Field
                   100.00          0         64  struct ring {
                    80.00          0          8      long unsigned int        tail;
                    20.00          8          4      unsigned int    flags[3];
            """;

    /** perf mem report --stdio. */
    static final String MEM = """
            # Samples: 3K of event 'cpu/mem-loads,ldlat=30/P'
            # Total weight : 412221
            # Sort order   : local_weight,mem,sym,dso,symbol_daddr,dso_daddr,snoop,tlb,locked
            #
            # Overhead       Samples  Local Weight  Memory access             Symbol             Shared Object  Data Symbol          Data Object    Snoop         TLB access              Locked
            # ........  ............  ............  ........................  .................  .............  ...................  .............  ............  ......................  ......
            #
                60.00%           300  112           L3 or L3 hit              [.] reader_main    pool.exe       [.] all+0x10         pool.exe       HitM          L1 or L2 hit            No
                40.00%           200  35            L1 or L1 hit              [.] count          pool.exe       [.] all+0x8          pool.exe       None          L1 or L2 hit            Yes

            # Samples: 1K of event 'cpu/mem-stores/P'
            # Overhead       Samples  Local Weight  Memory access             Symbol             Shared Object  Data Symbol          Data Object    Snoop         TLB access              Locked
            # ........  ............  ............  ........................  .................  .............  ...................  .............  ............  ......................  ......
            #
               100.00%            90  0             L1 hit                    [.] count          pool.exe       [.] all+0x8          pool.exe       N/A           N/A                     No
            """;

    /** With commas between columns. */
    static final String MEM_COMMAS = """
            # Samples: 4K of event 'ibs_op//'
            # Overhead,Data Symbol               ,Command,Symbol             ,Memory access           ,Snoop
             75.50% ,[.] all+0x10              ,reader-7,[.] reader_main,L3 or L3 hit            ,HitM
             24,50%  ,[.] all+0x8              ,writer,[.] count,L1 or L1 hit            ,None
            """.replace("24,50%", "24.50%");

    /** What DHAT writes. */
    static final String DHAT = """
            {"dhatFileVersion":2,"mode":"heap","verb":"Allocated","bklt":true,"bkacc":true,"cmd":"./app -x","pid":7
            ,"pps":
             [{"tb":3200,"tbk":50,"rb":300,"wb":60,"acc":[-8,189,-4,37856,-4,0,-8,189,-40,0],"fs":[1,2,3]}
             ,{"tb":4096,"tbk":1,"rb":8,"wb":8,"fs":[4]}
             ,{"tb":16,"tbk":1,"rb":0,"wb":800,"acc":[-4,65535,-12,0],"fs":[1,3]}
             ]
            ,"ftbl":["[root]","0x48465EF: calloc (in /usr/libexec/valgrind/dhat.so)","0x10915B: make_node (n.c:4)"
             ,"0x10917B: main (n.c:5)","0x48417B4: malloc (in /usr/libexec/valgrind/dhat.so)"]
            }
            """;

    /** All texts of perf, for readers that are to refuse those of others. */
    static final List<String> TEXTS = List.of(
            C2C_2022,
            C2C_2016,
            C2C_MAIL,
            C2C_THREADS,
            C2C_NO_CODE,
            SCRIPT,
            SCRIPT_FEW,
            RAW,
            TYPES,
            TYPES_WINDOW,
            ANNOTATED,
            ANNOTATED_PERCENT,
            MEM,
            MEM_COMMAS,
            DHAT);

    private ProfilerSamples() {}
}
