# The types of shapes.go as go 1.19.8 describes them; what they point to is left out. For N = 4 and 5:
#
#     as --defsym VERSION=N -o shapes-N.o shapes.s

	.section .debug_abbrev,"",@progbits
	.uleb128 1, 0x11	# compile_unit
	.byte 1
	.uleb128 0x03, 0x08, 0x13, 0x0b, 0x25, 0x08, 0, 0	# name, language, producer
	.uleb128 2, 0xf	# pointer_type
	.byte 0
	.uleb128 0x3, 0x8	# name
	.uleb128 0, 0
	.uleb128 3, 0x24	# base_type
	.byte 0
	.uleb128 0x3, 0x8, 0x3e, 0xb, 0xb, 0xf, 0x2900, 0xb	# name, encoding, byte_size, GO_kind
	.uleb128 0, 0
	.uleb128 4, 0xf	# pointer_type
	.byte 0
	.uleb128 0x3, 0x8, 0x2900, 0xb	# name, GO_kind
	.uleb128 0, 0
	.uleb128 5, 0x13	# structure_type
	.byte 1
	.uleb128 0x3, 0x8, 0xb, 0xf, 0x2900, 0xb	# name, byte_size, GO_kind
	.uleb128 0, 0
	.uleb128 6, 0xd	# member
	.byte 0
	.uleb128 0x3, 0x8, 0x38, 0xf, 0x49, 0x13, 0x2903, 0xc	# name, data_member_location, type, GO_embedded_field
	.uleb128 0, 0
	.uleb128 7, 0x16	# typedef
	.byte 0
	.uleb128 0x3, 0x8, 0x49, 0x13, 0x2900, 0xb	# name, type, GO_kind
	.uleb128 0, 0
	.uleb128 8, 0x16	# typedef
	.byte 0
	.uleb128 0x3, 0x8, 0x49, 0x13	# name, type
	.uleb128 0, 0
	.uleb128 9, 0x15	# subroutine_type
	.byte 0
	.uleb128 0x3, 0x8, 0xb, 0xf, 0x2900, 0xb	# name, byte_size, GO_kind
	.uleb128 0, 0
	.uleb128 10, 0x1	# array_type
	.byte 1
	.uleb128 0x3, 0x8, 0x49, 0x13, 0xb, 0xf, 0x2900, 0xb	# name, type, byte_size, GO_kind
	.uleb128 0, 0
	.uleb128 11, 0x21	# subrange_type
	.byte 0
	.uleb128 0x49, 0x13, 0x37, 0xf	# type, count
	.uleb128 0, 0
	.uleb128 0
	.section .debug_info,"",@progbits
.Lunit:
	.long .Lend - .Lstart
.Lstart:
	.short VERSION
.if VERSION >= 5
	.byte 1, 8		# DW_UT_compile, bytes of an address
	.long 0
.else
	.long 0
	.byte 8
.endif
	.uleb128 1		# DW_TAG_compile_unit
	.string "main"
	.byte 0x16		# DW_LANG_Go
	.string "Go cmd/compile go1.19.8; regabi"
.Ltype_50937:
	.uleb128 2		# DW_TAG_pointer_type
	.string "unsafe.Pointer"
.Ltype_50947:
	.uleb128 3		# DW_TAG_base_type
	.string "uintptr"
	.byte 7			# encoding
	.uleb128 8		# byte_size
	.byte 12			# GO_kind
.Ltype_50a1e:
	.uleb128 3		# DW_TAG_base_type
	.string "uint32"
	.byte 7			# encoding
	.uleb128 4		# byte_size
	.byte 10			# GO_kind
.Ltype_50a4b:
	.uleb128 3		# DW_TAG_base_type
	.string "uint8"
	.byte 7			# encoding
	.uleb128 1		# byte_size
	.byte 8			# GO_kind
.Ltype_50ad1:
	.uleb128 3		# DW_TAG_base_type
	.string "bool"
	.byte 2			# encoding
	.uleb128 1		# byte_size
	.byte 1			# GO_kind
.Ltype_50af6:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*uint8"
	.byte 22			# GO_kind
.Ltype_50ba7:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*runtime._type"
	.byte 22			# GO_kind
.Ltype_50c76:
	.uleb128 3		# DW_TAG_base_type
	.string "uint16"
	.byte 7			# encoding
	.uleb128 2		# byte_size
	.byte 9			# GO_kind
.Ltype_51171:
	.uleb128 3		# DW_TAG_base_type
	.string "int"
	.byte 5			# encoding
	.uleb128 8		# byte_size
	.byte 2			# GO_kind
.Ltype_51181:
	.uleb128 5		# DW_TAG_structure_type
	.string "string"
	.uleb128 16		# byte_size
	.byte 24			# GO_kind
.Ltype_51193:
	.uleb128 6		# DW_TAG_member
	.string "str"
	.uleb128 0		# data_member_location
	.long .Ltype_50af6 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5119e:
	.uleb128 6		# DW_TAG_member
	.string "len"
	.uleb128 8		# data_member_location
	.long .Ltype_51171 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_51255:
	.uleb128 3		# DW_TAG_base_type
	.string "int32"
	.byte 5			# encoding
	.uleb128 4		# byte_size
	.byte 5			# GO_kind
.Ltype_513fc:
	.uleb128 3		# DW_TAG_base_type
	.string "uint64"
	.byte 7			# encoding
	.uleb128 8		# byte_size
	.byte 11			# GO_kind
.Ltype_515aa:
	.uleb128 3		# DW_TAG_base_type
	.string "int8"
	.byte 5			# encoding
	.uleb128 1		# byte_size
	.byte 3			# GO_kind
.Ltype_5187c:
	.uleb128 3		# DW_TAG_base_type
	.string "int64"
	.byte 5			# encoding
	.uleb128 8		# byte_size
	.byte 6			# GO_kind
.Ltype_52270:
	.uleb128 7		# DW_TAG_typedef
	.string "interface {}"
	.long .Ltype_522d1 - .Lunit	# type
	.byte 20			# GO_kind
.Ltype_5228c:
	.uleb128 8		# DW_TAG_typedef
	.string "interface {}"
	.long .Ltype_52270 - .Lunit	# type
.Ltype_5229e:
	.uleb128 5		# DW_TAG_structure_type
	.string "runtime.eface"
	.uleb128 16		# byte_size
	.byte 25			# GO_kind
.Ltype_522b7:
	.uleb128 6		# DW_TAG_member
	.string "_type"
	.uleb128 0		# data_member_location
	.long .Ltype_50ba7 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_522c4:
	.uleb128 6		# DW_TAG_member
	.string "data"
	.uleb128 8		# data_member_location
	.long .Ltype_50937 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_522d1:
	.uleb128 8		# DW_TAG_typedef
	.string "runtime.eface"
	.long .Ltype_5229e - .Lunit	# type
.Ltype_523ba:
	.uleb128 9		# DW_TAG_subroutine_type
	.string "func()"
	.uleb128 8		# byte_size
	.byte 19			# GO_kind
.Ltype_523cd:
	.uleb128 8		# DW_TAG_typedef
	.string "func()"
	.long .Ltype_523ba - .Lunit	# type
.Ltype_524a5:
	.uleb128 5		# DW_TAG_structure_type
	.string "[]uint8"
	.uleb128 24		# byte_size
	.byte 23			# GO_kind
.Ltype_524bc:
	.uleb128 6		# DW_TAG_member
	.string "array"
	.uleb128 0		# data_member_location
	.long .Ltype_50af6 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_524c9:
	.uleb128 6		# DW_TAG_member
	.string "len"
	.uleb128 8		# data_member_location
	.long .Ltype_51171 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_524d4:
	.uleb128 6		# DW_TAG_member
	.string "cap"
	.uleb128 16		# data_member_location
	.long .Ltype_51171 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_52f27:
	.uleb128 5		# DW_TAG_structure_type
	.string "runtime.iface"
	.uleb128 16		# byte_size
	.byte 25			# GO_kind
.Ltype_52f40:
	.uleb128 6		# DW_TAG_member
	.string "tab"
	.uleb128 0		# data_member_location
	.long .Ltype_52f6b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_52f4b:
	.uleb128 6		# DW_TAG_member
	.string "data"
	.uleb128 8		# data_member_location
	.long .Ltype_50937 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_52f58:
	.uleb128 8		# DW_TAG_typedef
	.string "runtime.iface"
	.long .Ltype_52f27 - .Lunit	# type
.Ltype_52f6b:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*runtime.itab"
	.byte 22			# GO_kind
.Ltype_54e35:
	.uleb128 3		# DW_TAG_base_type
	.string "complex64"
	.byte 3			# encoding
	.uleb128 8		# byte_size
	.byte 15			# GO_kind
.Ltype_54e4b:
	.uleb128 3		# DW_TAG_base_type
	.string "complex128"
	.byte 3			# encoding
	.uleb128 16		# byte_size
	.byte 16			# GO_kind
.Ltype_5ae48:
	.uleb128 7		# DW_TAG_typedef
	.string "error"
	.long .Ltype_52f58 - .Lunit	# type
	.byte 20			# GO_kind
.Ltype_5ae5d:
	.uleb128 8		# DW_TAG_typedef
	.string "error"
	.long .Ltype_5ae48 - .Lunit	# type
.Ltype_5c797:
	.uleb128 5		# DW_TAG_structure_type
	.string "struct {}"
	.uleb128 0		# byte_size
	.byte 25			# GO_kind
	.uleb128 0
.Ltype_5ef0d:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.Value"
	.uleb128 16		# byte_size
	.byte 25			# GO_kind
.Ltype_5ef2a:
	.uleb128 6		# DW_TAG_member
	.string "v"
	.uleb128 0		# data_member_location
	.long .Ltype_5228c - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5ef34:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.Value"
	.long .Ltype_5ef0d - .Lunit	# type
.Ltype_5efe7:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.Bool"
	.uleb128 4		# byte_size
	.byte 25			# GO_kind
.Ltype_5f003:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_5f04b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5f00c:
	.uleb128 6		# DW_TAG_member
	.string "v"
	.uleb128 0		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5f016:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.Bool"
	.long .Ltype_5efe7 - .Lunit	# type
.Ltype_5f02c:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.noCopy"
	.uleb128 0		# byte_size
	.byte 25			# GO_kind
	.uleb128 0
.Ltype_5f04b:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.noCopy"
	.long .Ltype_5f02c - .Lunit	# type
.Ltype_5f084:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.Int64"
	.uleb128 8		# byte_size
	.byte 25			# GO_kind
.Ltype_5f0a1:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_5f04b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5f0aa:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_5f0f4 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5f0b3:
	.uleb128 6		# DW_TAG_member
	.string "v"
	.uleb128 0		# data_member_location
	.long .Ltype_5187c - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5f0bd:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.Int64"
	.long .Ltype_5f084 - .Lunit	# type
.Ltype_5f0d4:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.align64"
	.uleb128 0		# byte_size
	.byte 25			# GO_kind
	.uleb128 0
.Ltype_5f0f4:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.align64"
	.long .Ltype_5f0d4 - .Lunit	# type
.Ltype_5f179:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync.Mutex"
	.uleb128 8		# byte_size
	.byte 25			# GO_kind
.Ltype_5f18f:
	.uleb128 6		# DW_TAG_member
	.string "state"
	.uleb128 0		# data_member_location
	.long .Ltype_51255 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5f19c:
	.uleb128 6		# DW_TAG_member
	.string "sema"
	.uleb128 4		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5f1a9:
	.uleb128 8		# DW_TAG_typedef
	.string "sync.Mutex"
	.long .Ltype_5f179 - .Lunit	# type
.Ltype_5f73b:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync.Once"
	.uleb128 12		# byte_size
	.byte 25			# GO_kind
.Ltype_5f750:
	.uleb128 6		# DW_TAG_member
	.string "done"
	.uleb128 0		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5f75c:
	.uleb128 6		# DW_TAG_member
	.string "m"
	.uleb128 4		# data_member_location
	.long .Ltype_5f1a9 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5f766:
	.uleb128 8		# DW_TAG_typedef
	.string "sync.Once"
	.long .Ltype_5f73b - .Lunit	# type
.Ltype_5f80a:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync.noCopy"
	.uleb128 0		# byte_size
	.byte 25			# GO_kind
	.uleb128 0
.Ltype_5f822:
	.uleb128 8		# DW_TAG_typedef
	.string "sync.noCopy"
	.long .Ltype_5f80a - .Lunit	# type
.Ltype_5fbf9:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*sync.Cond"
	.byte 22			# GO_kind
.Ltype_5fd67:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync.WaitGroup"
	.uleb128 16		# byte_size
	.byte 25			# GO_kind
.Ltype_5fd81:
	.uleb128 6		# DW_TAG_member
	.string "noCopy"
	.uleb128 0		# data_member_location
	.long .Ltype_5f822 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5fd8f:
	.uleb128 6		# DW_TAG_member
	.string "state1"
	.uleb128 0		# data_member_location
	.long .Ltype_513fc - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_5fd9d:
	.uleb128 6		# DW_TAG_member
	.string "state2"
	.uleb128 8		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_5fdac:
	.uleb128 8		# DW_TAG_typedef
	.string "sync.WaitGroup"
	.long .Ltype_5fd67 - .Lunit	# type
.Ltype_626b9:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*example.com/shapes/ring.Base"
	.byte 22			# GO_kind
.Ltype_626e5:
	.uleb128 5		# DW_TAG_structure_type
	.string "example.com/shapes/ring.Base"
	.uleb128 24		# byte_size
	.byte 25			# GO_kind
.Ltype_6270d:
	.uleb128 6		# DW_TAG_member
	.string "ID"
	.uleb128 0		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62717:
	.uleb128 6		# DW_TAG_member
	.string "Name"
	.uleb128 8		# data_member_location
	.long .Ltype_51181 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62724:
	.uleb128 8		# DW_TAG_typedef
	.string "example.com/shapes/ring.Base"
	.long .Ltype_626e5 - .Lunit	# type
.Ltype_62746:
	.uleb128 5		# DW_TAG_structure_type
	.string "example.com/shapes/ring.Ring[int64]"
	.uleb128 48		# byte_size
	.byte 25			# GO_kind
.Ltype_62775:
	.uleb128 6		# DW_TAG_member
	.string "Head"
	.uleb128 0		# data_member_location
	.long .Ltype_513fc - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62781:
	.uleb128 6		# DW_TAG_member
	.string "Slots"
	.uleb128 8		# data_member_location
	.long .Ltype_627c4 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_6278e:
	.uleb128 6		# DW_TAG_member
	.string "Tail"
	.uleb128 40		# data_member_location
	.long .Ltype_5f0bd - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_6279b:
	.uleb128 8		# DW_TAG_typedef
	.string "example.com/shapes/ring.Ring[int64]"
	.long .Ltype_62746 - .Lunit	# type
.Ltype_627c4:
	.uleb128 10		# DW_TAG_array_type
	.string "[4]int64"
	.long .Ltype_5187c - .Lunit	# type
	.uleb128 32		# byte_size
	.byte 17			# GO_kind
.Ltype_627dc:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 4		# count
	.uleb128 0
.Ltype_627e3:
	.uleb128 5		# DW_TAG_structure_type
	.string "example.com/shapes/ring.Ring[main.Point]"
	.uleb128 48		# byte_size
	.byte 25			# GO_kind
.Ltype_62817:
	.uleb128 6		# DW_TAG_member
	.string "Head"
	.uleb128 0		# data_member_location
	.long .Ltype_513fc - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62823:
	.uleb128 6		# DW_TAG_member
	.string "Slots"
	.uleb128 8		# data_member_location
	.long .Ltype_6286b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62830:
	.uleb128 6		# DW_TAG_member
	.string "Tail"
	.uleb128 40		# data_member_location
	.long .Ltype_5f0bd - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_6283d:
	.uleb128 8		# DW_TAG_typedef
	.string "example.com/shapes/ring.Ring[main.Point]"
	.long .Ltype_627e3 - .Lunit	# type
.Ltype_6286b:
	.uleb128 10		# DW_TAG_array_type
	.string "[4]main.Point"
	.long .Ltype_628b8 - .Lunit	# type
	.uleb128 32		# byte_size
	.byte 17			# GO_kind
.Ltype_62888:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 4		# count
	.uleb128 0
.Ltype_6288f:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Point"
	.uleb128 8		# byte_size
	.byte 25			# GO_kind
.Ltype_628a5:
	.uleb128 6		# DW_TAG_member
	.string "X"
	.uleb128 0		# data_member_location
	.long .Ltype_51255 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_628ae:
	.uleb128 6		# DW_TAG_member
	.string "Y"
	.uleb128 4		# data_member_location
	.long .Ltype_51255 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_628b8:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Point"
	.long .Ltype_6288f - .Lunit	# type
.Ltype_628c8:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Pair[string,int8]"
	.uleb128 32		# byte_size
	.byte 25			# GO_kind
.Ltype_628ea:
	.uleb128 6		# DW_TAG_member
	.string "Key"
	.uleb128 0		# data_member_location
	.long .Ltype_51181 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_628f5:
	.uleb128 6		# DW_TAG_member
	.string "Value"
	.uleb128 16		# data_member_location
	.long .Ltype_515aa - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62902:
	.uleb128 6		# DW_TAG_member
	.string "next"
	.uleb128 24		# data_member_location
	.long .Ltype_6292b - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_6290f:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Pair[string,int8]"
	.long .Ltype_628c8 - .Lunit	# type
.Ltype_6292b:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*main.Pair[string,int8]"
	.byte 22			# GO_kind
.Ltype_62951:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Shape"
	.uleb128 272		# byte_size
	.byte 25			# GO_kind
.Ltype_62968:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_62aa9 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62971:
	.uleb128 6		# DW_TAG_member
	.string "a"
	.uleb128 0		# data_member_location
	.long .Ltype_50a4b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_6297a:
	.uleb128 6		# DW_TAG_member
	.string "b"
	.uleb128 8		# data_member_location
	.long .Ltype_513fc - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62983:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 16		# data_member_location
	.long .Ltype_62aba - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_6298c:
	.uleb128 6		# DW_TAG_member
	.string "c"
	.uleb128 72		# data_member_location
	.long .Ltype_62ada - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62995:
	.uleb128 6		# DW_TAG_member
	.string "Point"
	.uleb128 76		# data_member_location
	.long .Ltype_628b8 - .Lunit	# type
	.byte 1			# GO_embedded_field
.Ltype_629a2:
	.uleb128 6		# DW_TAG_member
	.string "Base"
	.uleb128 88		# data_member_location
	.long .Ltype_626b9 - .Lunit	# type
	.byte 1			# GO_embedded_field
.Ltype_629ae:
	.uleb128 6		# DW_TAG_member
	.string "text"
	.uleb128 96		# data_member_location
	.long .Ltype_51181 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_629ba:
	.uleb128 6		# DW_TAG_member
	.string "bytes"
	.uleb128 112		# data_member_location
	.long .Ltype_524a5 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_629c7:
	.uleb128 6		# DW_TAG_member
	.string "points"
	.uleb128 136		# data_member_location
	.long .Ltype_62af2 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_629d6:
	.uleb128 6		# DW_TAG_member
	.string "queue"
	.uleb128 144		# data_member_location
	.long .Ltype_62b39 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_629e4:
	.uleb128 6		# DW_TAG_member
	.string "any"
	.uleb128 152		# data_member_location
	.long .Ltype_5228c - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_629f0:
	.uleb128 6		# DW_TAG_member
	.string "speaker"
	.uleb128 168		# data_member_location
	.long .Ltype_62b77 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a00:
	.uleb128 6		# DW_TAG_member
	.string "test"
	.uleb128 184		# data_member_location
	.long .Ltype_62bae - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a0d:
	.uleb128 6		# DW_TAG_member
	.string "grid"
	.uleb128 192		# data_member_location
	.long .Ltype_62bc2 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a1a:
	.uleb128 6		# DW_TAG_member
	.string "number"
	.uleb128 208		# data_member_location
	.long .Ltype_54e4b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a29:
	.uleb128 6		# DW_TAG_member
	.string "err"
	.uleb128 224		# data_member_location
	.long .Ltype_5ae5d - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a35:
	.uleb128 6		# DW_TAG_member
	.string "raw"
	.uleb128 240		# data_member_location
	.long .Ltype_50937 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a41:
	.uleb128 6		# DW_TAG_member
	.string "address"
	.uleb128 248		# data_member_location
	.long .Ltype_50947 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a51:
	.uleb128 6		# DW_TAG_member
	.string "inner"
	.uleb128 256		# data_member_location
	.long .Ltype_62c05 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a5f:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 264		# data_member_location
	.long .Ltype_5c797 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62a69:
	.uleb128 6		# DW_TAG_member
	.string "tail"
	.uleb128 264		# data_member_location
	.long .Ltype_62c61 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62a77:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Shape"
	.long .Ltype_62951 - .Lunit	# type
.Ltype_62a87:
	.uleb128 10		# DW_TAG_array_type
	.string "main.Marker"
	.long .Ltype_523cd - .Lunit	# type
	.uleb128 0		# byte_size
	.byte 17			# GO_kind
.Ltype_62aa2:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 0		# count
	.uleb128 0
.Ltype_62aa9:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Marker"
	.long .Ltype_62a87 - .Lunit	# type
.Ltype_62aba:
	.uleb128 10		# DW_TAG_array_type
	.string "[56]uint8"
	.long .Ltype_50a4b - .Lunit	# type
	.uleb128 56		# byte_size
	.byte 17			# GO_kind
.Ltype_62ad3:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 56		# count
	.uleb128 0
.Ltype_62ada:
	.uleb128 3		# DW_TAG_base_type
	.string "main.Colour"
	.byte 7			# encoding
	.uleb128 1		# byte_size
	.byte 8			# GO_kind
.Ltype_62af2:
	.uleb128 7		# DW_TAG_typedef
	.string "map[string]*main.Point"
	.long .Ltype_65f85 - .Lunit	# type
	.byte 21			# GO_kind
.Ltype_62b1f:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*main.Point"
	.byte 22			# GO_kind
.Ltype_62b39:
	.uleb128 7		# DW_TAG_typedef
	.string "chan main.Point"
	.long .Ltype_66dc4 - .Lunit	# type
	.byte 18			# GO_kind
.Ltype_62b5b:
	.uleb128 7		# DW_TAG_typedef
	.string "main.Speaker"
	.long .Ltype_52f58 - .Lunit	# type
	.byte 20			# GO_kind
.Ltype_62b77:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Speaker"
	.long .Ltype_62b5b - .Lunit	# type
.Ltype_62b89:
	.uleb128 9		# DW_TAG_subroutine_type
	.string "func(int) bool"
	.uleb128 8		# byte_size
	.byte 19			# GO_kind
.Ltype_62bae:
	.uleb128 8		# DW_TAG_typedef
	.string "func(int) bool"
	.long .Ltype_62b89 - .Lunit	# type
.Ltype_62bc2:
	.uleb128 10		# DW_TAG_array_type
	.string "[2][3]uint16"
	.long .Ltype_62be5 - .Lunit	# type
	.uleb128 12		# byte_size
	.byte 17			# GO_kind
.Ltype_62bde:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 2		# count
	.uleb128 0
.Ltype_62be5:
	.uleb128 10		# DW_TAG_array_type
	.string "[3]uint16"
	.long .Ltype_50c76 - .Lunit	# type
	.uleb128 6		# byte_size
	.byte 17			# GO_kind
.Ltype_62bfe:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 3		# count
	.uleb128 0
.Ltype_62c05:
	.uleb128 5		# DW_TAG_structure_type
	.string "struct { main.q uint8; main.r uint32 }"
	.uleb128 8		# byte_size
	.byte 25			# GO_kind
.Ltype_62c37:
	.uleb128 6		# DW_TAG_member
	.string "q"
	.uleb128 0		# data_member_location
	.long .Ltype_50a4b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62c40:
	.uleb128 6		# DW_TAG_member
	.string "r"
	.uleb128 4		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62c4a:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Empty"
	.uleb128 0		# byte_size
	.byte 25			# GO_kind
	.uleb128 0
.Ltype_62c61:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Empty"
	.long .Ltype_62c4a - .Lunit	# type
.Ltype_62c71:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Shared"
	.uleb128 120		# byte_size
	.byte 25			# GO_kind
.Ltype_62c88:
	.uleb128 6		# DW_TAG_member
	.string "mu"
	.uleb128 0		# data_member_location
	.long .Ltype_5f1a9 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62c92:
	.uleb128 6		# DW_TAG_member
	.string "rw"
	.uleb128 8		# data_member_location
	.long .Ltype_62d6d - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62c9c:
	.uleb128 6		# DW_TAG_member
	.string "n"
	.uleb128 32		# data_member_location
	.long .Ltype_5f0bd - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62ca5:
	.uleb128 6		# DW_TAG_member
	.string "flag"
	.uleb128 40		# data_member_location
	.long .Ltype_5f016 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62cb1:
	.uleb128 6		# DW_TAG_member
	.string "old"
	.uleb128 48		# data_member_location
	.long .Ltype_5187c - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62cbc:
	.uleb128 6		# DW_TAG_member
	.string "ptr"
	.uleb128 56		# data_member_location
	.long .Ltype_62dc6 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62cc7:
	.uleb128 6		# DW_TAG_member
	.string "v"
	.uleb128 64		# data_member_location
	.long .Ltype_5ef34 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62cd0:
	.uleb128 6		# DW_TAG_member
	.string "wg"
	.uleb128 80		# data_member_location
	.long .Ltype_5fdac - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62cda:
	.uleb128 6		# DW_TAG_member
	.string "once"
	.uleb128 96		# data_member_location
	.long .Ltype_5f766 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62ce6:
	.uleb128 6		# DW_TAG_member
	.string "cond"
	.uleb128 112		# data_member_location
	.long .Ltype_5fbf9 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62cf3:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Shared"
	.long .Ltype_62c71 - .Lunit	# type
.Ltype_62d04:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync.RWMutex"
	.uleb128 24		# byte_size
	.byte 25			# GO_kind
.Ltype_62d1c:
	.uleb128 6		# DW_TAG_member
	.string "w"
	.uleb128 0		# data_member_location
	.long .Ltype_5f1a9 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62d25:
	.uleb128 6		# DW_TAG_member
	.string "writerSem"
	.uleb128 8		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62d36:
	.uleb128 6		# DW_TAG_member
	.string "readerSem"
	.uleb128 12		# data_member_location
	.long .Ltype_50a1e - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62d47:
	.uleb128 6		# DW_TAG_member
	.string "readerCount"
	.uleb128 16		# data_member_location
	.long .Ltype_51255 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62d5a:
	.uleb128 6		# DW_TAG_member
	.string "readerWait"
	.uleb128 20		# data_member_location
	.long .Ltype_51255 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62d6d:
	.uleb128 8		# DW_TAG_typedef
	.string "sync.RWMutex"
	.long .Ltype_62d04 - .Lunit	# type
.Ltype_62d7f:
	.uleb128 5		# DW_TAG_structure_type
	.string "sync/atomic.Pointer[main.Point]"
	.uleb128 8		# byte_size
	.byte 25			# GO_kind
.Ltype_62daa:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_62deb - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62db3:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 0		# data_member_location
	.long .Ltype_5f04b - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62dbc:
	.uleb128 6		# DW_TAG_member
	.string "v"
	.uleb128 0		# data_member_location
	.long .Ltype_50937 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62dc6:
	.uleb128 8		# DW_TAG_typedef
	.string "sync/atomic.Pointer[main.Point]"
	.long .Ltype_62d7f - .Lunit	# type
.Ltype_62deb:
	.uleb128 10		# DW_TAG_array_type
	.string "[0]*main.Point"
	.long .Ltype_62b1f - .Lunit	# type
	.uleb128 0		# byte_size
	.byte 17			# GO_kind
.Ltype_62e09:
	.uleb128 11		# DW_TAG_subrange_type
	.long .Ltype_50947 - .Lunit	# type
	.uleb128 0		# count
	.uleb128 0
.Ltype_62e10:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.Triple"
	.uleb128 12		# byte_size
	.byte 25			# GO_kind
.Ltype_62e27:
	.uleb128 6		# DW_TAG_member
	.string "a"
	.uleb128 0		# data_member_location
	.long .Ltype_54e35 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62e30:
	.uleb128 6		# DW_TAG_member
	.string "b"
	.uleb128 8		# data_member_location
	.long .Ltype_50ad1 - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62e39:
	.uleb128 6		# DW_TAG_member
	.string "_"
	.uleb128 9		# data_member_location
	.long .Ltype_5c797 - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62e43:
	.uleb128 8		# DW_TAG_typedef
	.string "main.Triple"
	.long .Ltype_62e10 - .Lunit	# type
.Ltype_62e54:
	.uleb128 5		# DW_TAG_structure_type
	.string "main.local\302\2671"
	.uleb128 16		# byte_size
	.byte 25			# GO_kind
.Ltype_62e6d:
	.uleb128 6		# DW_TAG_member
	.string "a"
	.uleb128 0		# data_member_location
	.long .Ltype_515aa - .Lunit	# type
	.byte 0			# GO_embedded_field
.Ltype_62e76:
	.uleb128 6		# DW_TAG_member
	.string "b"
	.uleb128 8		# data_member_location
	.long .Ltype_5187c - .Lunit	# type
	.byte 0			# GO_embedded_field
	.uleb128 0
.Ltype_62e80:
	.uleb128 8		# DW_TAG_typedef
	.string "main.local\302\2671"
	.long .Ltype_62e54 - .Lunit	# type
.Ltype_65f85:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*hash<string,*main.Point>"
	.byte 0			# GO_kind
.Ltype_66dc4:
	.uleb128 4		# DW_TAG_pointer_type
	.string "*hchan<main.Point>"
	.byte 0			# GO_kind
	.uleb128 0
.Lend:
